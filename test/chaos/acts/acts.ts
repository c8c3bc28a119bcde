import type { Act } from './act.ts'
import { brokerAway } from './broker-away.ts'
import { underFire } from './under-fire.ts'

export const acts: readonly Act[] = [underFire, brokerAway]
