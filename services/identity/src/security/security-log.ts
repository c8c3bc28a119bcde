import { denials } from '@candor/contracts/audit'
import type { Period } from '@candor/contracts/policy/period'
import { endOf } from '@candor/policy/period'
import type { Watch, WatchedCall } from '@candor/rpc/watch'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import { pause } from '@candor/runtime/pause'
import type { Base } from '@candor/service/connect'
import type { Policies } from '@candor/service/policies'
import { deleteExpiredSecurityRecords, insertSecurityRecords } from '../store/security-log.ts'
import type { SecurityRecord } from '../store/security-log.ts'
import type { Database } from '../store/tables.ts'

/**
 * Keeps from where and with what somebody signed in or was refused, for as long as the notice says, and removes it to
 * the moment. The period is fixed when a record is made, for nothing in it says whose notice it came under.
 */
export function startSecurityLog(
  lifecycle: Lifecycle,
  base: Base<Database>,
  periodOf: SecurityLogPeriod,
): Watch {
  let gathered: SecurityRecord[] = []

  async function write(): Promise<void> {
    const taken = gathered
    if (taken.length === 0) return
    gathered = []
    await insertSecurityRecords(base.db, taken).catch((err: unknown) => {
      gathered = [...taken, ...gathered].slice(0, gatheredMax)
      throw err
    })
  }

  async function loop(): Promise<void> {
    while (!lifecycle.signal.aborted) {
      await write()
        .then(() => deleteExpiredSecurityRecords(base.db, base.clock.now()))
        .catch((err: unknown) => base.log.warn({ err }, 'the security log is waiting'))
      await pause(pollMs, lifecycle.signal)
    }
  }

  const finished = loop()
  lifecycle.onStop('security-log', async () => {
    await finished
    await write()
  })
  return async (call, outcome) => {
    if (call.remoteAddress === null || !isRecorded(call, outcome)) return
    const seenAt = base.clock.now()
    const expiresAt = endOf(seenAt, await periodOf(businessOf(call.output)))
    const address = call.remoteAddress.replace(/^::ffff:(?=\d+\.)/i, '')
    const device = call.device?.replace(/[^\x20-\x7e]/g, '?') ?? null
    gathered.push({ seenAt, expiresAt, what: call.procedure, outcome, address, device })
  }
}

/** How long the notice of a business lets it be kept; null for a caller whose business is not known. */
export type SecurityLogPeriod = (tenantId: string | null) => Promise<Period>

/** As the business's notice says; 60 days where no business is known. */
export function securityLogPeriodBy(policies: Pick<Policies, 'of'>): SecurityLogPeriod {
  return async (tenantId) => {
    const policy = tenantId ? (await policies.of(tenantId)).policy : undefined
    return policy?.categories['security-log'].retention.period ?? { days: 60 }
  }
}

const pollMs = 500
const gatheredMax = 20_000

/** A visitor's address is another category with a period of its own. */
function isRecorded({ procedure, caller }: WatchedCall, outcome: string): boolean {
  const isRefused = (denials as readonly string[]).includes(outcome)
  return (isRefused && caller.kind !== 'visitor') || (outcome === 'ok' && signsIn.has(procedure))
}

const signsIn = new Set(['signUp', 'signIn', 'acceptInvitation'])

function businessOf(output: unknown): string | null {
  return (output as { business?: { id?: string } } | undefined)?.business?.id ?? null
}
