import type { Lifecycle } from '@candor/runtime/lifecycle'
import type { Deps } from '../domain/deps.ts'
import { countUnpublished } from '../store/rules-feed.ts'
import { announceDue } from './announce-due.ts'
import { createLedgerWriter } from './tell-erasures.ts'
import { createPublisher } from './publish-rules.ts'
import { wakeErasures } from './wake-erasures.ts'

/**
 * Carries out what a transaction has left to do: rules into the bucket, erasures into their
 * ledger, changed notices to the accounts, erasures on
 * their way when a hold is over. Any replica does it; whoever is killed leaves it to the next.
 */
export function startFeed(lifecycle: Lifecycle, deps: Deps): void {
  const publish = createPublisher(deps)
  const tellErasures = createLedgerWriter(deps)
  deps.metrics.gauge(
    'privacy_rules_unpublished',
    'Tenants whose services wait for their rules',
    [],
    async (set) => {
      set({}, await countUnpublished(deps.db))
    },
  )

  // A hold that has just been published as over is looked at a moment later, when every service knows it.
  const works = {
    'waking erasures': () => wakeErasures(deps),
    publish,
    'telling erasures': tellErasures,
    announce: () => announceDue(deps),
  }

  async function loop() {
    while (!lifecycle.signal.aborted) {
      for (const [work, run] of Object.entries(works))
        await run().catch((err: unknown) => deps.log.warn({ err, work }, 'the feed is waiting'))
      await deps.alarm.wait(pollMs, lifecycle.signal)
    }
  }

  const finished = loop()
  lifecycle.onStop('feed', () => finished)
}

const pollMs = 500
