import { markLedgerComplete, putLedgerEntry, readLedgerState } from '@candor/events/ledger-stream'
import type { StreamState } from '@candor/events/stored-messages'
import type { Deps } from '../domain/deps.ts'
import { listUntold, markAllUntold, markTold } from '../store/erasure-ledger.ts'

/** Puts into the stream of erasures what it lacks: what was finished since, or everything where it was lost. */
export function createLedgerWriter(deps: Deps): () => Promise<void> {
  let seen: StreamState | undefined
  let completed: string | undefined
  let lookedAt = -Infinity

  async function look(): Promise<StreamState> {
    const state = await readLedgerState(deps.nats)
    if (seen?.created === state.created && state.lastSeq < seen.lastSeq) {
      await markAllUntold(deps.db)
      completed = undefined
    }
    lookedAt = performance.now()
    return (seen = state)
  }

  return async () => {
    const isDue = !seen || performance.now() - lookedAt > lookEveryMs
    const { created } = isDue ? await look() : seen!
    for (;;) {
      const untold = await listUntold(deps.db, created)
      for (const entry of untold) await putLedgerEntry(deps.nats, entry)
      await markTold(
        deps.db,
        untold.map(({ id }) => id),
        created,
      )
      if (untold.length === 0) break
    }
    if (completed === created) return
    await markLedgerComplete(deps.nats, created)
    completed = created
  }
}

const lookEveryMs = 5_000
