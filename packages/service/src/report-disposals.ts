import type { disposedEvent, DayOfDisposals } from '@candor/contracts/disposals'
import type { ServiceName } from '@candor/contracts/callers'
import { appendEvent } from '@candor/events/outbox'
import { takeDisposals } from '@candor/personal-data/disposals'
import { listTenantsOf } from '@candor/personal-data/sweep-access'
import { asTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import type { Base } from './connect.ts'

/**
 * Tells what the sweeps took on days that are over, each business by itself. Looked for once a day in each process: what
 * a slow one adds to a day that was told is told the next time.
 */
export function reportsDisposals({ db, clock }: Pick<Base<any>, 'db' | 'clock'>, tell: TellDisposals) {
  let toldOn: string | undefined
  return async () => {
    const today = clock.now().toISOString().slice(0, 10)
    if (today === toldOn) return
    for (const tenantId of await listTenantsOf(db, 'disposals'))
      await asTenant(db, tenantId, async (trx) => {
        for (const day of await takeDisposals(trx, tenantId, today)) await tell(trx, tenantId, day)
      })
    toldOn = today
  }
}

/** Tells it in the transaction that forgets it. */
export type TellDisposals = (trx: Transaction<any>, tenantId: string, day: DayOfDisposals) => Promise<void>

/** Hands privacy a day as an event of this service. */
export function tellByOutbox(
  base: Pick<Base<any>, 'newId' | 'clock'>,
  event: ReturnType<typeof disposedEvent<ServiceName>>,
): TellDisposals {
  return (trx, tenantId, day) =>
    appendEvent(trx, base.newId, event, {
      tenantId,
      streamKey: `disposals-${tenantId}`,
      subjectId: null,
      occurredAt: base.clock.now(),
      payload: day,
    })
}
