import { access } from './enforcements/access.ts'
import { chat } from './enforcements/chat.ts'
import { deployment } from './enforcements/deployment.ts'
import { marketing } from './enforcements/marketing.ts'
import { notices } from './enforcements/notices.ts'
import { recipients } from './enforcements/recipients.ts'
import { retention } from './enforcements/retention.ts'
import { rights } from './enforcements/rights.ts'
import type { Sabotage } from './sabotage.ts'

/** Every enforcement that can be switched off. Each promise that is kept is named by one of them at least. */
export const sabotages: readonly Sabotage[] = [
  ...retention,
  ...rights,
  ...notices,
  ...recipients,
  ...marketing,
  ...access,
  ...chat,
  ...deployment,
]
