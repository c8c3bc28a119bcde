import { policyStream, policySubject } from '@candor/contracts/subjects'
import { TenantRules } from '@candor/contracts/policy/tenant-rules'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import type { MsgRequest, StoredMsg } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'

/** No tenant's rules are longer: the broker would refuse them. */
export const rulesBytesMax = 512 * 1024

/**
 * Puts a tenant's rules unless the bucket has newer ones or these already. Nothing that another process put in between
 * is overwritten: the broker refuses that, and the caller tries again.
 */
export async function putRules(nats: NatsConnection, rules: TenantRules): Promise<void> {
  const subject = policySubject(rules.tenantId)
  const stored = await readMessage(nats, { last_by_subj: subject })
  if (stored && (readRules(stored.string())?.revision ?? 0) >= rules.revision) return
  const expect = { lastSubjectSequence: stored?.seq ?? 0 }
  await jetstream(nats, { timeout: timeoutMs }).publish(subject, JSON.stringify(rules), { expect })
}

/** Which bucket it is, for one that was lost and made anew is another, and how far it has come. */
export async function readBucketState(nats: NatsConnection): Promise<BucketState> {
  const manager = await jetstreamManager(nats, { checkAPI: false, timeout: timeoutMs })
  const { created, state } = await manager.streams.info(policyStream)
  return { created, lastSeq: state.last_seq }
}

export interface BucketState {
  readonly created: string
  readonly lastSeq: number
}

/** What the bucket holds from a place on, in the order in which it was put. */
export async function* readBucket(nats: NatsConnection, fromSeq: number): AsyncGenerator<BucketEntry> {
  for (let seq = Math.max(1, fromSeq); ;) {
    const message = await readMessage(nats, { seq, next_by_subj: policySubject('*') })
    if (!message) return
    yield { seq: message.seq, text: message.string() }
    seq = message.seq + 1
  }
}

export interface BucketEntry {
  readonly seq: number
  readonly text: string
}

/** Undefined for what are no rules as this version of the service knows them. */
export function readRules(text: string): TenantRules | undefined {
  try {
    return TenantRules.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

const timeoutMs = 2_000

async function readMessage(
  nats: NatsConnection,
  which: { last_by_subj: string } | { seq: number; next_by_subj: string },
): Promise<StoredMsg | undefined> {
  const manager = await jetstreamManager(nats, { checkAPI: false, timeout: timeoutMs })
  // The client's type leaves out the search from a place on, which every server understands.
  return (await manager.streams.getMessage(policyStream, which as MsgRequest)) ?? undefined
}
