import { putRules, readBucketState } from '@candor/events/policy-bucket'
import type { BucketState } from '@candor/events/policy-bucket'
import { asTenant } from '@candor/runtime/tenancy'
import type { Deps } from '../domain/deps.ts'
import { readRules } from '../domain/notices/read-rules.ts'
import { listUnpublished, markAllUnpublished, markPublished } from '../store/rules-feed.ts'

/** Puts into the bucket what it lacks: what was committed since, or everything where the bucket was lost. */
export function createPublisher(deps: Deps): () => Promise<void> {
  let seen: BucketState | undefined
  let lookedAt = -Infinity

  async function look(): Promise<void> {
    const state = await readBucketState(deps.nats)
    const isSetBack = seen?.created === state.created && state.lastSeq < seen.lastSeq
    if (isSetBack) await markAllUnpublished(deps.db)
    seen = state
    lookedAt = performance.now()
  }

  return async () => {
    if (performance.now() - lookedAt > lookEveryMs) await look()
    for (const tenantId of await listUnpublished(deps.db, seen!.created)) {
      const rules = await asTenant(deps.db, tenantId, (trx) => readRules(trx, tenantId, deps.clock.now()))
      await putRules(deps.nats, rules)
      await markPublished(deps.db, { tenantId, revision: rules.revision, into: seen!.created })
    }
  }
}

const lookEveryMs = 5_000
