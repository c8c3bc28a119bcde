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
  await putOnce(nats, ledgerSubject(entry.tenantId, entry.id), JSON.stringify(entry))
}

/** Says that all there is to know stands in this stream. */
export async function markLedgerComplete(nats: NatsConnection): Promise<void> {
  await putOnce(nats, ledgerCompleteSubject, '')
}

export async function isLedgerComplete(nats: NatsConnection): Promise<boolean> {
  return (await readMessage(nats, ledgerStream, { last_by_subj: ledgerCompleteSubject })) !== undefined
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

async function putOnce(nats: NatsConnection, subject: string, text: string): Promise<void> {
  if (await readMessage(nats, ledgerStream, { last_by_subj: subject })) return
  await jetstream(nats, { timeout: timeoutMs }).publish(subject, text, { expect: { lastSubjectSequence: 0 } })
}
