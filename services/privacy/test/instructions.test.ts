import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { notFound } from '@candor/rpc/service-error'
import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readReceiptFile } from '../src/domain/receipt-file.ts'
import { tellReceipt } from '../src/domain/tell-receipt.ts'
import { refusal, startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'

let privacy: TestPrivacy
let owner: Awaited<ReturnType<TestPrivacy['staff']>>
let tenantId: string
let folder: string
/** Chat's contacts, by id. */
const contacts = new Map<string, { contactId: string; visitorId: string; email: string }>()
const added: { key: string; count: number }[] = []
const known = (contactId: string) => {
  const contact = contacts.get(contactId)
  if (!contact) throw notFound('contact')
  return contact
}
beforeAll(async () => {
  privacy = await startTestPrivacy({
    rows: {
      chat: {
        addContacts: async ({ key, contacts: given }: { key: string; contacts: unknown[] }) => {
          added.push({ key, count: given.length })
          return { added: given.length - 1, known: 1 }
        },
        importContacts: async ({ csv }: { csv: string }) =>
          csv === 'bad'
            ? { added: 0, known: 0, refused: [{ line: 2, field: 'email', message: 'is none' }] }
            : { added: 3, known: 0, refused: [] },
        identifyContacts: async ({ contactIds }: { contactIds: string[] }) =>
          contactIds.map(known).map(({ contactId, visitorId }) => ({ contactId, visitorId })),
        checkContactChanges: async ({
          changes,
        }: {
          changes: { contactId: string; field: string; to: string }[]
        }) =>
          changes.map((change) => ({
            ...change,
            visitorId: known(change.contactId).visitorId,
            from: known(change.contactId).email,
          })),
      },
    },
  })
  tenantId = privacy.business('shop').id
  owner = await privacy.staff('shop', 'owner')
  folder = await mkdtemp(join(tmpdir(), 'instructions-'))
})
afterAll(async () => {
  await privacy[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

/** Contacts of whom chat and transcripts hold a row each. */
function someContacts(count: number) {
  return Array.from({ length: count }, () => {
    const [contactId, visitorId] = [randomUUID(), randomUUID()]
    const email = `${visitorId.slice(0, 8)}@example.org`
    contacts.set(contactId, { contactId, visitorId, email })
    for (const holder of [privacy.holders.chat, privacy.holders.transcripts])
      holder.rows.push({ tenantId, email, visitorId, text: 'said' })
    return { contactId, visitorId, email }
  })
}

const ended = (instructionId: string) =>
  settle(async () => {
    const instruction = await owner.getInstruction.query({ instructionId })
    if (instruction.endedAt) return instruction
    // A holder that was too slow once is asked again after a while.
    privacy.clock.advance(250)
    throw new Error(`${instruction.done} of ${instruction.items}`)
  })

/** Lets billing hide nobody until it may go on. */
function holdBack() {
  const [begun, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  privacy.holders.billing.onCall = async (procedure) => {
    if (procedure !== 'hideSubject') return
    begun.resolve()
    await held.promise
  }
  const goOn = () => {
    held.resolve()
    privacy.holders.billing.onCall = () => {}
  }
  return { hasBegun: begun.promise, goOn }
}

async function verifyOffline(file: object): Promise<string> {
  const path = join(folder, `${randomUUID()}.json`)
  await writeFile(path, JSON.stringify(file))
  const script = new URL('../src/verify-receipt.ts', import.meta.url).pathname
  return (await promisify(execFile)(process.execPath, [script, path])).stdout
}

const tell = async (file: object) => tellReceipt(await readReceiptFile(JSON.stringify(file), undefined))

test('contacts erased at the word of the business are gone from every service, others stay, and one receipt of all verifies offline', async () => {
  const gone = someContacts(3)
  const [bystander] = someContacts(1)
  const instructionId = randomUUID()
  const asked = { instructionId, contactIds: gone.map(({ contactId }) => contactId) }
  const opened = await owner.eraseContacts.mutate(asked)
  expect(opened).toMatchObject({ id: instructionId, does: 'erase', items: 3, stopped: 0 })
  await ended(instructionId)
  expect(await owner.eraseContacts.mutate(asked)).toMatchObject({ items: 3, done: 3 })
  for (const { rows } of [privacy.holders.chat, privacy.holders.transcripts])
    expect(rows.map(({ visitorId }) => visitorId)).toEqual([bystander!.visitorId])
  const file = await owner.getInstructionReceipt.query({ instructionId })
  expect(file.receipt).toMatchObject({
    requestId: instructionId,
    of: 'contacts',
    instruction: { does: 'erase', items: 3, done: 3 },
  })
  const chat = file.receipt.services.find(({ service }) => service === 'chat')!
  expect(chat.erased).toEqual([{ table: 'rows', action: 'deleted', rows: 3 }])
  expect(await owner.getInstructionReceipt.query({ instructionId })).toEqual(file)
  expect(await privacy.as().verifyReceipt.query({ jws: file.jws })).toMatchObject({ valid: true })
  const told = await verifyOffline(file)
  expect(told).toContain('erase 3, done 3')
  // Each is a request of its own in the queue, with a receipt of its own.
  const requests = await owner.listRequests.query({ kinds: ['erasure'] })
  expect(requests.map(({ state, source, hasReceipt }) => [state, source, hasReceipt])).toEqual(
    Array.from({ length: 3 }, () => ['completed', 'staff', true]),
  )
  expect(requests[0]!.history.map(({ what }) => what)).toContain('Instructed by the business')
})

test('a correction reaches every service without anybody’s decision, and its receipt says where', async () => {
  const [contact] = someContacts(1)
  const instructionId = randomUUID()
  const to = 'right@example.org'
  const changes = [{ contactId: contact!.contactId, field: 'email' as const, to }]
  await owner.correctContacts.mutate({ instructionId, changes })
  expect(await ended(instructionId)).toMatchObject({ does: 'correct', done: 1, stopped: 0 })
  expect(await owner.stopInstruction.mutate({ instructionId })).toMatchObject({ done: 1, stoppedAt: null })
  const held = [privacy.holders.chat, privacy.holders.transcripts].flatMap(({ rows }) =>
    rows.filter(({ visitorId }) => visitorId === contact!.visitorId).map(({ email }) => email),
  )
  expect(held).toEqual([to, to])
  const file = await owner.getInstructionReceipt.query({ instructionId })
  const changed = file.receipt.services.filter(({ changed: rows = [] }) => rows.length > 0)
  expect(changed.map(({ service }) => service)).toEqual(['chat', 'transcripts'])
  expect(await tell(file)).toContain('1 row corrected')
})

test('many are stopped half way: what has begun is finished, what has not stays, and the receipt counts both', async () => {
  const many = someContacts(12)
  const hiding = holdBack()
  const instructionId = randomUUID()
  const contactIds = many.map(({ contactId }) => contactId)
  await owner.eraseContacts.mutate({ instructionId, contactIds })
  await hiding.hasBegun
  expect(await refusal(owner.getInstructionReceipt.query({ instructionId }))).toBe('conflict')
  const stopping = await owner.stopInstruction.mutate({ instructionId })
  hiding.goOn()
  expect(stopping.stopped).toBeGreaterThanOrEqual(8)
  const { done, stopped } = await ended(instructionId)
  expect(done + stopped).toBe(12)
  expect(done).toBeGreaterThan(0)
  const left = privacy.holders.chat.rows.filter(({ visitorId }) =>
    many.some((contact) => contact.visitorId === visitorId),
  )
  expect(left).toHaveLength(stopped)
  const { receipt } = await owner.getInstructionReceipt.query({ instructionId })
  expect(receipt.instruction).toEqual({ does: 'erase', items: 12, done })
})

test('somebody’s own request does not wait for the many of a business', async () => {
  const many = someContacts(12)
  const contactIds = many.map(({ contactId }) => contactId)
  const instructionId = randomUUID()
  const hiding = holdBack()
  await owner.eraseContacts.mutate({ instructionId, contactIds })
  await hiding.hasBegun
  const { client, request } = await privacy.prove('erasure', 'in-a-hurry@example.org')
  hiding.goOn()
  await privacy.completed(client, request.id, 250)
  const { done } = await owner.getInstruction.query({ instructionId })
  expect(done).toBeLessThan(12)
  await ended(instructionId)
})

test('adding is receipted with what is new, a repeat adds nothing, and refused lines are passed on', async () => {
  const instructionId = randomUUID()
  const given = { instructionId, contacts: [{ name: 'Ada' }, { name: 'Bob' }] }
  const first = await owner.addContacts.mutate(given)
  expect(first).toMatchObject({ does: 'add', items: 2, done: 2 })
  expect(await owner.addContacts.mutate(given)).toEqual(first)
  expect(added).toEqual([{ key: instructionId, count: 2 }])
  const file = await owner.getInstructionReceipt.query({ instructionId })
  expect(file.receipt.services.find(({ service }) => service === 'chat')!.changed).toEqual([
    { table: 'contacts', action: 'added', rows: 1 },
  ])
  expect(await tell(file)).toContain('1 row added')
  const bad = await owner.importContacts.mutate({ instructionId: randomUUID(), csv: 'bad' })
  expect(bad).toEqual({ taken: false, refused: [{ line: 2, field: 'email', message: 'is none' }] })
  const good = await owner.importContacts.mutate({ instructionId: randomUUID(), csv: 'name\nAda' })
  expect(good).toMatchObject({ taken: true, instruction: { items: 3 } })
  const listed = await owner.listInstructions.query({})
  expect(listed.map(({ id }) => id)).toContain(instructionId)
})

test('agents instruct nothing, a contact that is not there is refused, and an id stands for one instruction', async () => {
  const agent = await privacy.staff('shop', 'agent')
  const [contact] = someContacts(1)
  const contactIds = [contact!.contactId]
  const instructionId = randomUUID()
  expect(await refusal(agent.eraseContacts.mutate({ instructionId, contactIds }))).toBe('forbidden')
  const unknown = { instructionId, contactIds: [...contactIds, randomUUID()] }
  expect(await refusal(owner.eraseContacts.mutate(unknown))).toBe('not-found')
  expect(await refusal(owner.getInstruction.query({ instructionId }))).toBe('not-found')
  await owner.addContacts.mutate({ instructionId, contacts: [{ name: 'Ada' }] })
  expect(await refusal(owner.eraseContacts.mutate({ instructionId, contactIds }))).toBe('conflict')
  const rival = await privacy.staff('rival', 'owner')
  expect(await refusal(rival.getInstruction.query({ instructionId }))).toBe('not-found')
})
