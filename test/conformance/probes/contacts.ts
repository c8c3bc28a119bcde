import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Clients } from '../../story/clients.ts'
import { holds, refusal, same } from '../../story/expect.ts'
import { until } from '../../story/until.ts'
import { insideProbe } from '../probe.ts'
import { canary, closedChat, newPerson, openBusiness, proveRequest } from '../world.ts'

/** Contacts, and what a business decides about them. */
export const contacts = [
  insideProbe('chatsphere-01-contact-data', async (world) => {
    const owner = await world.business.owner()
    const agent = await world.business.agent()
    const [person, company] = [newPerson(), canary('company')]
    const details = [{ label: 'Company', value: company }]
    const add = (contact: object) =>
      owner.privacy.addContacts.mutate({ instructionId: randomUUID(), contacts: [contact] })
    await add({ name: person.name, email: person.email, phone: '040 123456', details })
    const listed = async (search: string) => (await agent.chat.listContacts.query({ search })).contacts
    const [made] = await listed(company)
    same(
      'what the contact holds',
      [made?.name, made?.email, made?.phone, made?.details],
      [person.name, person.email, '+49 40 123456', details],
    )
    same('an address that is none', await refusal('it', add({ email: 'nobody' })), 'bad-input')
    same('a number that is none', await refusal('it', add({ phone: '0000000' })), 'bad-input')
    await add({ email: person.email.toUpperCase() })
    same('contacts under the address, added twice', (await listed(person.email)).length, 1)
    const elsewhere = await openBusiness(world)
    const there = await elsewhere.owner()
    await there.privacy.addContacts.mutate({
      instructionId: randomUUID(),
      contacts: [{ email: person.email }],
    })
    const [other] = (await there.chat.listContacts.query({})).contacts
    same('what another business knows of the same address', [other?.name, other?.sameAs], [null, []])

    const claimed = { ...newPerson(), email: person.email }
    const { conversationId } = await closedChat(world, claimed)
    const two = await listed(person.email)
    same('contacts once a visitor claims the address', two.length, 2)
    const pair = { contactId: made!.id, otherId: two.find(({ id }) => id !== made!.id)!.id }
    same('an agent’s merge', await refusal('it', agent.chat.mergeContacts.mutate(pair)), 'forbidden')
    await owner.chat.mergeContacts.mutate(pair)
    same('contacts once they are merged', (await listed(person.email)).length, 1)
    await until('the transcript to follow', async () => {
      const { contact } = await owner.transcripts.getTranscript.query({ conversationId })
      return contact.name === person.name
    })
    const { reached } = await proveRequest(world, 'erasure', person.email)
    await reached('completed')
    const words = [person.name, claimed.name, claimed.text, company]
    same('what is left of either after one erasure', await world.search(words), [])
    same('contacts of the other business', (await there.chat.listContacts.query({})).contacts.length, 1)
    return 'name, address, number and details, validated; one contact an address inside the business; a chat that claims it stays apart until an owner merges the two, and one erasure then reaches both'
  }),

  insideProbe('chatinbox-13-controller-decides', async (world) => {
    const owner = await world.business.owner()
    const agent = await world.business.agent()
    const [one, two, three, stays] = [newPerson(), newPerson(), newPerson(), newPerson()]
    const found = async ({ email }: { email: string }) =>
      (await owner.chat.listContacts.query({ search: email })).contacts[0]
    const csv = ['name,email', `${one.name},${one.email}`, `${two.name},${two.email}`]
    const bad = [...csv, 'nobody,no address'].join('\n')
    const take = (text: string) =>
      owner.privacy.importContacts.mutate({ instructionId: randomUUID(), csv: text })
    const refused = await take(bad)
    same('a file with a bad line', !refused.taken && refused.refused.map(({ line }) => line), [4])
    same('what was taken of it', await found(one), undefined)
    const taken = await take(csv.join('\n'))
    holds('a good file is taken', taken.taken)
    await checkReceipt(owner, taken.instruction.id, { does: 'add', items: 2, done: 2 })

    const { conversationId } = await closedChat(world, three)
    await closedChat(world, stays)
    const right = canary('Right')
    const chatted = (await found(three))!.id
    const changes = [{ contactId: chatted, field: 'name' as const, to: right }]
    const correction = await owner.privacy.correctContacts.mutate({ instructionId: randomUUID(), changes })
    await checkReceipt(owner, correction.id, { does: 'correct', items: 1, done: 1 })
    const { contact } = await owner.transcripts.getTranscript.query({ conversationId })
    same('the name in the transcript', contact.name, right)

    const erase = (who: Clients, contactIds: string[]) =>
      who.privacy.eraseContacts.mutate({ instructionId: randomUUID(), contactIds })
    same('what an agent may', await refusal('it', erase(agent, [chatted])), 'forbidden')
    const alone = await erase(owner, [chatted])
    await checkReceipt(owner, alone.id, { does: 'erase', items: 1, done: 1 })
    const bulk = await erase(owner, [(await found(one))!.id, (await found(two))!.id])
    await checkReceipt(owner, bulk.id, { does: 'erase', items: 2, done: 2 })
    const words = [one, two, three].flatMap((person) => person.words)
    same('what is left of those deleted', await world.search([...words, right]), [])
    holds('who was not named stays', await found(stays))
    return 'added from a file, a bad one refused by its line; corrected in chat and transcript; deleted alone and two at once, nothing left in any store; each with a receipt that verifies without us'
  }),
]

/** Waits for the receipt of an instruction and checks it as whoever holds the file would, without the platform. */
async function checkReceipt(
  { privacy }: Clients,
  instructionId: string,
  { does, items, done }: { does: string; items: number; done: number },
): Promise<void> {
  const file = await until('the receipt', () =>
    privacy.getInstructionReceipt.query({ instructionId }).catch(() => undefined),
  )
  same('what the receipt says', file.receipt.instruction, { does, items, done })
  const folder = await mkdtemp(join(tmpdir(), 'candor-receipt-'))
  try {
    const path = join(folder, 'receipt.json')
    await writeFile(path, JSON.stringify(file))
    const { stdout } = await promisify(execFile)(process.execPath, [verifier, path])
    holds(
      'it verifies offline',
      stdout.startsWith('Valid') && stdout.includes(`${does} ${items}, done ${done}`),
    )
  } finally {
    await rm(folder, { recursive: true })
  }
}

const verifier = new URL('../../../services/privacy/src/verify-receipt.ts', import.meta.url).pathname
