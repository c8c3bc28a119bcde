import type { LedgerEntry } from '@candor/contracts/erasure-ledger'
import { privacy } from '@candor/contracts/privacy'
import { isLedgerComplete, readLedger, readLedgerState } from '@candor/events/ledger-stream'
import type { EventTables } from '@candor/events/tables'
import type { DataMap } from '@candor/personal-data/data-map'
import { eraseAgain } from '@candor/personal-data/erase-again'
import type { EraseAlso } from '@candor/personal-data/erase-again'
import { createServiceClient } from '@candor/rpc/service-client'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import { pause } from '@candor/runtime/pause'
import type { Kysely } from 'kysely'
import type { Base } from './connect.ts'

/**
 * Brings a database that may be a restored copy up to the ledger of erasures, and resolves when nobody who was erased
 * is in it any more; until then no door is opened. Follows the ledger from then on. Nothing says that a copy was
 * restored: it brings back its old place in the ledger, and lacks the reports of what was erased since.
 */
export async function followLedger(
  lifecycle: Lifecycle,
  base: Base<any>,
  map: DataMap,
  options: LedgerOptions = {},
): Promise<void> {
  const { db, nats, clock, log, metrics } = base
  const repeated = metrics.counter('erasures_repeated_total', 'Erasures made anew in a restored database', [])
  const client = createServiceClient(privacy, { nats, self: base.service })
  const addressKeyOf =
    options.addressKeyOf ??
    (async (tenantId) => Buffer.from((await client.getLedgerKey.query({ tenantId })).key, 'base64'))
  const { promise: caughtUp, resolve: open } = Promise.withResolvers<void>()
  let look: () => void = () => {}

  async function catchUp(): Promise<void> {
    const state = await readLedgerState(nats)
    const seen = await findPosition(db)
    const isSame = seen?.created === state.created && seen.lastSeq <= state.lastSeq
    // A stream that was lost is filled again by privacy. Until it is, it would tell too little.
    if (seen && !isSame && !options.remember && !(await isLedgerComplete(nats, state.created)))
      throw new Error('the ledger of erasures is being filled again')
    const from = isSame ? seen.lastSeq + 1 : 1
    if (isSame && from > state.lastSeq) return
    for await (const entry of readLedger(nats, from)) {
      const addressKey = () => addressKeyOf(entry.tenantId)
      const { policy } = await base.policies.of(entry.tenantId)
      const again = { now: clock.now(), policy, addressKey, also: options.also }
      const isNew = await eraseAgain(db, map, entry, again)
      if (isNew) {
        repeated.inc()
        log.warn({ requestId: entry.id }, 'erased anew: this database was older than the erasure')
      }
      await options.remember?.(entry, state.created)
    }
    await storePosition(db, state)
  }

  async function loop() {
    while (!lifecycle.signal.aborted) {
      const heard = new Promise<void>((resolve) => (look = resolve))
      let waitMs = lookEveryMs
      try {
        await catchUp()
        open()
      } catch (err) {
        if (lifecycle.signal.aborted) return
        log.warn({ err }, 'the ledger of erasures is waiting')
        waitMs = retryMs
      }
      await Promise.race([heard, pause(waitMs, lifecycle.signal)])
    }
  }

  const subscription = nats.subscribe('erasures.>', { callback: () => look() })
  const finished = loop()
  lifecycle.onStop('ledger', async () => {
    subscription.unsubscribe()
    look()
    await finished
  })
  await Promise.race([caughtUp, finished])
}

export interface LedgerOptions {
  /** Asks privacy for it, unless the service knows it itself. */
  addressKeyOf?: (tenantId: string) => Promise<Buffer>
  also?: EraseAlso
  /** Keeps what was read: privacy fills the stream from it when that is lost. */
  remember?: (entry: LedgerEntry, streamCreated: string) => Promise<void>
}

const lookEveryMs = 10_000
const retryMs = 500

async function findPosition(
  db: Kysely<EventTables>,
): Promise<{ created: string; lastSeq: number } | undefined> {
  return db
    .selectFrom('ledger_position')
    .select(['stream_created as created', 'last_seq as lastSeq'])
    .executeTakeFirst()
}

async function storePosition(
  db: Kysely<EventTables>,
  { created, lastSeq }: { created: string; lastSeq: number },
): Promise<void> {
  const position = { stream_created: created, last_seq: lastSeq }
  await db
    .insertInto('ledger_position')
    .values(position)
    .onConflict((conflict) => conflict.column('the_only').doUpdateSet(position))
    .execute()
}
