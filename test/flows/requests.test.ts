import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RequestDetails } from '@candor/contracts/privacy/request-shapes'
import type { RequestKind } from '@candor/contracts/policy/policy'
import { furnishTenant } from '../derived/tenants.ts'
import type { Tenant } from '../derived/tenants.ts'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { clientsOf } from '../story/clients.ts'
import { fromLink, openMailbox } from '../story/mailbox.ts'
import { until } from '../story/until.ts'

let stack: Stack
let one: Tenant
let other: Tenant
beforeAll(async () => {
  stack = await startStack()
  one = await furnishTenant(stack, 'first')
  other = await furnishTenant(stack, 'second')
})
afterAll(() => stack[Symbol.asyncDispose]())

const email = 'visitor.first@example.org'

async function prove(kind: RequestKind, business: string | undefined, details: RequestDetails = {}) {
  const anyone = clientsOf(stack.url)
  const asked = { ...details, ...(business === undefined ? {} : { business }), kind, email }
  const { id } = await anyone.privacy.openRequest.mutate(asked)
  const proof = fromLink(await openMailbox(stack.url).letterTo(email, `request=${id}`), 'proof')
  const { accessToken } = await anyone.privacy.proveIdentity.mutate({ requestId: id, proof })
  const { privacy } = clientsOf(stack.url, accessToken)
  const reached = (state: string) =>
    until(`the request to be ${state}`, async () => {
      const request = await privacy.getRequest.query({ requestId: id })
      return request.state === state ? request : undefined
    })
  return { id, privacy, reached }
}

test('a correction that staff approve stands in inbox, contact and transcript', async () => {
  const correction = { field: 'name', from: 'Visitor first', to: 'Ada Lovelace' } as const
  const { id, reached } = await prove('correction', one.ids.business, { correction })
  await reached('awaiting-decision')
  const asAdmin = clientsOf(stack.url, one.tokens.admin)
  await asAdmin.privacy.decideRequest.mutate({ requestId: id, outcome: 'approved', reason: 'Right you are' })
  await reached('completed')
  const { contactId } = one.ids
  expect(await asAdmin.chat.getContact.query({ contactId })).toMatchObject({ name: 'Ada Lovelace' })
  const conversationId = one.closedConversationId
  expect(await asAdmin.transcripts.getTranscript.query({ conversationId })).toMatchObject({
    contact: { name: 'Ada Lovelace' },
  })
})

test('a restriction takes the person out of inbox and search, and lifting it brings them back', async () => {
  const { id, privacy, reached } = await prove('restriction', one.ids.business)
  await reached('completed')
  const asAdmin = clientsOf(stack.url, one.tokens.admin)
  const seen = async () => [
    (await asAdmin.chat.listConversations.query({})).conversations.length,
    (await asAdmin.transcripts.searchTranscripts.query({ query: 'first' })).hits.length,
  ]
  expect(await seen()).toEqual([0, 0])
  await privacy.liftRestriction.mutate({ requestId: id })
  await until('the person to be back', async () => {
    const [conversations, hits] = await seen()
    return conversations === 2 && hits === 1 ? true : undefined
  })
})

test('a request to everybody reaches both businesses that know the address, and neither learns of the other', async () => {
  const session = await clientsOf(stack.url).identity.startVisitorSession.mutate({
    widgetKey: other.business.widgetKey,
  })
  const asVisitor = clientsOf(stack.url, session.accessToken)
  await asVisitor.chat.startConversation.mutate({ email, text: 'here too' })
  const { privacy, reached } = await prove('access', undefined)
  await reached('completed')
  const parts = (await privacy.listRequests.query({ kinds: ['access'] })).filter(({ isDirect }) => isDirect)
  expect(parts.map(({ business }) => business?.slug).toSorted()).toEqual(
    [one.ids.business, other.ids.business].toSorted(),
  )
  const atOther = parts.find(({ business }) => business?.slug === other.ids.business)!
  const answer = JSON.stringify(await privacy.getAccessAnswer.query({ requestId: atOther.id }))
  expect(answer).toContain('here too')
  expect(answer).not.toContain('Text first')
  const asOwner = clientsOf(stack.url, other.tokens.owner)
  const queue = JSON.stringify(await asOwner.privacy.listRequests.query())
  expect(queue).toContain(atOther.id)
  expect(queue).not.toContain(one.business.name)
})
