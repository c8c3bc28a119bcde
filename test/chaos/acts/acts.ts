import type { Act } from './act.ts'
import { brokerAway } from './broker-away.ts'
import { crashPoints } from './crash-points.ts'
import { liveReaders } from './live-readers.ts'
import { races } from './races.ts'
import { underFire } from './under-fire.ts'

export const acts: readonly Act[] = [underFire, brokerAway, liveReaders, races, crashPoints]
