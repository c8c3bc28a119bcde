import type { Lifecycle } from '@candor/runtime/lifecycle'
import { asTenant } from '@candor/runtime/tenancy'
import { deleteDeadline, listUnproven } from '../store/deadlines.ts'
import { setEnded } from '../store/requests.ts'
import { deleteSealedAddress } from '../store/sealed-addresses.ts'
import { createAlarm } from './alarm.ts'
import type { Deps } from './deps.ts'

/** Lets requests lapse that nobody proved in time, and forgets their address. */
export function startLapsing(lifecycle: Lifecycle, deps: Deps): void {
  const alarm = createAlarm()

  async function loop() {
    while (!lifecycle.signal.aborted) {
      await lapseUnproven(deps).catch((err: unknown) => deps.log.warn({ err }, 'lapsing is waiting'))
      await alarm.wait(pollMs, lifecycle.signal)
    }
  }

  const finished = loop()
  lifecycle.onStop('lapsing', () => finished)
}

const pollMs = 2_000

async function lapseUnproven(deps: Deps): Promise<void> {
  const now = deps.clock.now()
  for (const { requestId, tenantId } of await listUnproven(deps.db, now)) {
    await asTenant(deps.db, tenantId, async (trx) => {
      const lapsed = await setEnded(trx, requestId, 'lapsed', now)
      if (lapsed) await deleteSealedAddress(trx, requestId)
      await deleteDeadline(trx, requestId, 'prove')
    })
  }
}
