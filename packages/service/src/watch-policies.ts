import type { TenantRules } from '@candor/contracts/policy/tenant-rules'
import { policySubject } from '@candor/contracts/subjects'
import { readBucket, readBucketState, readRules } from '@candor/events/policy-bucket'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import { pause } from '@candor/runtime/pause'
import type { NatsConnection } from '@nats-io/transport-node'
import type { PoliciesOptions } from './policies.ts'

/**
 * Hears what privacy puts into the bucket as it is put, and reads there what it did not hear: at the start, after every
 * reconnect, and now and then. Resolves when it has caught up once, or after a moment without the broker: what the
 * service stored when it last heard something serves until then.
 */
export async function watchPolicies(lifecycle: Lifecycle, options: WatchOptions): Promise<void> {
  const { nats, log, apply } = options
  const refused = options.metrics.counter('policies_refused_total', 'Rules this version cannot read', [])
  let read = { created: '', lastSeq: 0 }
  let look: () => void = () => {}
  const caughtUp = Promise.withResolvers<void>()

  async function take(text: string): Promise<void> {
    const rules = readRules(text)
    if (rules) return apply(rules)
    refused.inc()
    log.error({}, 'rules that cannot be read were passed over; what was known before stays in force')
  }

  async function catchUp(): Promise<void> {
    const state = await readBucketState(nats)
    // A bucket that was made anew, or set back to an older copy, is read from its beginning.
    const isSame = state.created === read.created && state.lastSeq >= read.lastSeq
    const from = isSame ? read.lastSeq + 1 : 1
    if (from <= state.lastSeq) for await (const entry of readBucket(nats, from)) await take(entry.text)
    read = state
  }

  async function loop() {
    while (!lifecycle.signal.aborted) {
      const looking = new Promise<void>((resolve) => (look = resolve))
      let waitMs = lookEveryMs
      try {
        await catchUp()
        caughtUp.resolve()
      } catch (err) {
        if (lifecycle.signal.aborted) return
        log.warn({ err }, 'policies are waiting')
        // Another replica may have heard what this one did not.
        options.onUnsure()
        waitMs = retryMs
      }
      await Promise.race([looking, pause(waitMs, lifecycle.signal)])
    }
  }

  const heard = nats.subscribe(policySubject('*'), {
    callback: (err, message) => {
      if (err) return look()
      const rules = readRules(message.string())
      // A doctor knocks here too. What the bucket took and we cannot read is counted where it is read.
      if (!rules) return look()
      // What could not be stored is read again from the bucket.
      apply(rules).catch((cause: unknown) => {
        log.warn({ err: cause }, 'rules could not be stored yet')
        look()
      })
    },
  })
  void onLinkChange(nats, () => look())
  const finished = loop()
  lifecycle.onStop('policies', async () => {
    heard.unsubscribe()
    await finished
  })
  await Promise.race([caughtUp.promise, pause(patienceMs, lifecycle.signal)])
}

export interface WatchOptions extends PoliciesOptions {
  /** Puts rules in force here; throws where they could not be stored. */
  apply(rules: TenantRules): Promise<void>
  /** Called while nothing can be heard. */
  onUnsure(): void
}

const lookEveryMs = 10_000
const retryMs = 500
const patienceMs = 2_000

async function onLinkChange(nats: NatsConnection, work: () => void): Promise<void> {
  for await (const { type } of nats.status()) if (type === 'disconnect' || type === 'reconnect') work()
}
