import type { Lifecycle } from '@candor/runtime/lifecycle'
import { asTenant } from '@candor/runtime/tenancy'
import { deleteDeadline, listUnproven } from '../../store/deadlines.ts'
import { deleteDetails } from '../../store/request-details.ts'
import { insertNote } from '../../store/request-notes.ts'
import { lockRequest, setEnded } from '../../store/requests.ts'
import { deleteSealedAddress } from '../../store/sealed-addresses.ts'
import { deleteTimer, hasTimer, listDueTimers } from '../../store/timers.ts'
import type { Timer } from '../../store/timers.ts'
import { createAlarm } from '../alarm.ts'
import type { Deps } from '../deps.ts'
import { decide } from './decide-request.ts'
import { startRelease } from './start-release.ts'

/** Does what time alone brings: requests that nobody proved lapse, and those whose hour has come go on. */
export function startKeepingTime(lifecycle: Lifecycle, deps: Deps): void {
  const alarm = createAlarm()

  async function loop() {
    while (!lifecycle.signal.aborted) {
      await lapseUnproven(deps)
        .then(() => runTimers(deps))
        .catch((err: unknown) => deps.log.warn({ err }, 'time limits are waiting'))
      await alarm.wait(pollMs, lifecycle.signal)
    }
  }

  const finished = loop()
  lifecycle.onStop('time-limits', () => finished)
}

const pollMs = 2_000

/** Forgets the address with the request. */
async function lapseUnproven(deps: Deps): Promise<void> {
  const now = deps.clock.now()
  for (const { requestId, tenantId } of await listUnproven(deps.db, now)) {
    await asTenant(deps.db, tenantId, async (trx) => {
      if (await setEnded(trx, requestId, 'lapsed', now)) {
        await deleteSealedAddress(trx, requestId)
        await deleteDetails(trx, requestId)
      }
      await deleteDeadline(trx, requestId, 'prove')
    })
  }
}

async function runTimers(deps: Deps): Promise<void> {
  for (const timer of await listDueTimers(deps.db, deps.clock.now())) await runTimer(deps, timer)
}

async function runTimer(deps: Deps, { requestId, tenantId, what }: Timer): Promise<void> {
  await asTenant(deps.db, tenantId, async (trx) => {
    const request = await lockRequest(trx, requestId)
    // Another replica was here first.
    if (!(await hasTimer(trx, requestId, what))) return
    await deleteTimer(trx, requestId)
    const at = deps.clock.now()
    const note = { id: deps.newId(), requestId, tenantId, at, note: null, staffId: null }
    if (what === 'lift') {
      await insertNote(trx, { ...note, what: 'Restriction ended as announced' })
      return startRelease(trx, deps, request)
    }
    await insertNote(trx, { ...note, what: 'Nobody decided in time' })
    return decide(trx, deps, request, { outcome: 'approved', reason: 'Nobody decided in time' })
  })
  deps.alarm.ring()
}
