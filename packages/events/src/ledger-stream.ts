import { createHmac } from 'node:crypto'
import { LedgerEntry } from '@candor/contracts/erasure-ledger'
import { ledgerCompleteSubject, ledgerStream, ledgerSubject } from '@candor/contracts/subjects'
import { jetstream } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { readMessage, readStored, readStreamState, timeoutMs } from './stored-messages.ts'
import type { StreamState } from './stored-messages.ts'
import { subjectHash } from './tombstones.ts'

/** No entry is longer: the broker would refuse it. */
export const ledgerBytesMax = 512 * 1024

/** Puts an entry, once: what stands in the ledger is never changed. */
export async function putLedgerEntry(nats: NatsConnection, entry: LedgerEntry): Promise<void> {
  const subject = ledgerSubject(entry.tenantId, entry.id)
  const stored = await readMessage(nats, ledgerStream, { last_by_subj: subject })
  if (!stored) await putAfter(nats, subject, JSON.stringify(entry), 0)
}

/** Says that all there is to know stands in this stream; what a copy of another one said of that does not count. */
export async function markLedgerComplete(nats: NatsConnection, created: string): Promise<void> {
  const stored = await readMessage(nats, ledgerStream, { last_by_subj: ledgerCompleteSubject })
  if (stored?.string() !== created) await putAfter(nats, ledgerCompleteSubject, created, stored?.seq ?? 0)
}

export async function isLedgerComplete(nats: NatsConnection, created: string): Promise<boolean> {
  const stored = await readMessage(nats, ledgerStream, { last_by_subj: ledgerCompleteSubject })
  return stored?.string() === created
}

export function readLedgerState(nats: NatsConnection): Promise<StreamState> {
  return readStreamState(nats, ledgerStream)
}

/** The entries from a place on, in the order in which they were put. */
export async function* readLedger(nats: NatsConnection, fromSeq: number): AsyncGenerator<LedgerEntry> {
  for await (const { text } of readStored(nats, ledgerStream, ledgerSubject('*', '*'), fromSeq))
    yield LedgerEntry.parse(JSON.parse(text))
}

/** A visitor or user as the ledger names them. */
export function ledgerHash(id: string): string {
  return subjectHash(id).toString('base64url')
}

/** An address as the ledger names it, under the key of its business. */
export function ledgerAddress(key: Buffer, email: string): string {
  return createHmac('sha256', key).update(email.toLowerCase()).digest('base64url')
}

async function putAfter(nats: NatsConnection, subject: string, text: string, seq: number): Promise<void> {
  await jetstream(nats, { timeout: timeoutMs }).publish(subject, text, {
    expect: { lastSubjectSequence: seq },
  })
}
