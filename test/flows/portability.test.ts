import type { PortableFile } from '@candor/contracts/portable'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { furnishTenant } from '../derived/tenants.ts'
import type { Tenant } from '../derived/tenants.ts'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { clientsOf } from '../story/clients.ts'
import { fromLink, openMailbox } from '../story/mailbox.ts'

let stack: Stack
let from: Tenant
let to: Tenant
beforeAll(async () => {
  stack = await startStack()
  from = await furnishTenant(stack, 'leaving')
  to = await furnishTenant(stack, 'arriving')
})
afterAll(() => stack[Symbol.asyncDispose]())

const email = 'visitor.leaving@example.org'

/** Proves the address to a business and takes the files. */
async function takeAlong({ ids }: Tenant) {
  const anyone = clientsOf(stack.url)
  const asked = { business: ids.business, kind: 'portability', email } as const
  const { id } = await anyone.privacy.openRequest.mutate(asked)
  const letter = await openMailbox(stack.url).letterTo(email, `request=${id}`)
  const proof = fromLink(letter, 'proof')
  const { accessToken } = await anyone.privacy.proveIdentity.mutate({ requestId: id, proof })
  return clientsOf(stack.url, accessToken).privacy.getPortabilityBundle.query({ requestId: id })
}

test('what a person takes along and another business takes in is the same there, however often it is taken in', async () => {
  const bundle = await takeAlong(from)
  const parsed = bundle.files.map(({ content }) => JSON.parse(content) as PortableFile)
  expect(parsed[0]!.contacts).toMatchObject([{ name: 'Visitor leaving', email }])
  expect(parsed[0]!.conversations).toHaveLength(2)
  expect(parsed[0]!.transcripts).toHaveLength(1)
  expect(JSON.stringify(parsed)).toContain('Text leaving')

  const asAdmin = clientsOf(stack.url, to.tokens.admin)
  const { manifest, publicKey } = bundle
  for (let times = 0; times < 2; times++) {
    for (const file of bundle.files) {
      expect(await asAdmin.privacy.importBundle.mutate({ manifest, publicKey, ...file })).toEqual({
        contacts: 1,
        conversations: 2,
        transcripts: 1,
        signedHere: true,
      })
    }
  }
  const again = await takeAlong(to)
  expect(again.files.map(({ content }) => JSON.parse(content))).toEqual(parsed)

  const inbox = await asAdmin.chat.listConversations.query({})
  const arrived = inbox.conversations.filter(({ contact }) => contact.email === email)
  expect(arrived).toHaveLength(2)
  const closed = arrived.find(({ status }) => status === 'closed')!
  expect(await asAdmin.transcripts.getTranscript.query({ conversationId: closed.id })).toMatchObject({
    contact: { email },
  })
  for (const id of [from.ids.conversationId, from.ids.contactId])
    expect(JSON.stringify(arrived)).not.toContain(id)
})

test('a file that was changed, or that no manifest names, is refused', async () => {
  const { files, manifest, publicKey } = await takeAlong(from)
  const asAdmin = clientsOf(stack.url, to.tokens.admin)
  const [file] = files
  const changed = { ...file!, content: file!.content.replace('Text', 'Lies') }
  const forged = manifest.replace(/\.[^.]+\./, `.${btoa('{}').replaceAll('=', '')}.`)
  for (const input of [
    { manifest, publicKey, ...changed },
    { manifest, publicKey, ...file!, name: 'other.json' },
    { manifest: forged, publicKey, ...file! },
    { manifest: 'no manifest', publicKey, ...file! },
  ]) {
    await expect(asAdmin.privacy.importBundle.mutate(input)).rejects.toMatchObject({
      data: { reason: 'bad-input' },
    })
  }
})

test('the published schema is a JSON Schema of the files', async () => {
  const { schema } = await clientsOf(stack.url).privacy.getPortabilitySchema.query()
  expect(schema).toMatchObject({
    $schema: expect.stringContaining('json-schema.org'),
    type: 'object',
    required: ['format', 'version', 'contacts', 'conversations', 'transcripts'],
  })
})
