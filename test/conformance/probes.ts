import type { Probe } from './probe.ts'
import { accounts } from './probes/accounts.ts'
import { channels } from './probes/channels.ts'
import { chatinbox } from './probes/chatinbox.ts'
import { chatsphere } from './probes/chatsphere.ts'
import { contacts } from './probes/contacts.ts'
import { cookies } from './probes/cookies.ts'
import { deployment } from './probes/deployment.ts'
import { disclosures } from './probes/disclosures.ts'
import { disposals } from './probes/disposals.ts'
import { evidence } from './probes/evidence.ts'
import { imbachat } from './probes/imbachat.ts'
import { imocloud } from './probes/imocloud.ts'
import { imsupporting } from './probes/imsupporting.ts'
import { isolation } from './probes/isolation.ts'
import { privacyTeam } from './probes/privacy-team.ts'
import { purposes } from './probes/purposes.ts'
import { recipients } from './probes/recipients.ts'
import { securityLog } from './probes/security-log.ts'
import { trackers } from './probes/trackers.ts'
import { websiteStatistics } from './probes/website-statistics.ts'

/** Every promise that can be shown. One that is not here is unproven. */
export const probes: readonly Probe[] = [
  ...imbachat,
  ...imocloud,
  ...imsupporting,
  ...channels,
  ...contacts,
  ...chatinbox,
  ...chatsphere,
  ...accounts,
  ...recipients,
  ...privacyTeam,
  ...disclosures,
  ...disposals,
  ...evidence,
  ...purposes,
  ...securityLog,
  ...deployment,
  ...isolation,
  ...cookies,
  ...trackers,
  ...websiteStatistics,
]
