import { policyStream, policySubject } from '@candor/contracts/subjects'
import { TenantRules } from '@candor/contracts/policy/tenant-rules'
import { jetstream } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { readMessage, readStored, readStreamState, timeoutMs } from './stored-messages.ts'
import type { StoredText, StreamState } from './stored-messages.ts'

/** No tenant's rules are longer: the broker would refuse them. */
export const rulesBytesMax = 512 * 1024

/**
 * Puts a tenant's rules unless the bucket has newer ones or these already. Nothing that another process put in between
 * is overwritten: the broker refuses that, and the caller tries again.
 */
export async function putRules(nats: NatsConnection, rules: TenantRules): Promise<void> {
  const subject = policySubject(rules.tenantId)
  const stored = await readMessage(nats, policyStream, { last_by_subj: subject })
  if (stored && (readRules(stored.string())?.revision ?? 0) >= rules.revision) return
  const expect = { lastSubjectSequence: stored?.seq ?? 0 }
  await jetstream(nats, { timeout: timeoutMs }).publish(subject, JSON.stringify(rules), { expect })
}

/** Which bucket it is, for one that was lost and made anew is another, and how far it has come. */
export function readBucketState(nats: NatsConnection): Promise<StreamState> {
  return readStreamState(nats, policyStream)
}

export type { StreamState as BucketState } from './stored-messages.ts'

/** What the bucket holds from a place on, in the order in which it was put. */
export function readBucket(nats: NatsConnection, fromSeq: number): AsyncGenerator<StoredText> {
  return readStored(nats, policyStream, policySubject('*'), fromSeq)
}

/** Undefined for what are no rules as this version of the service knows them. */
export function readRules(text: string): TenantRules | undefined {
  try {
    return TenantRules.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
