import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { startTestChat } from './start-chat.ts'

// Regression: whoever chats could put an address of their choice to a contact that staff had merged theirs with, and was
// told from then on what its owner wrote.
test('what staff vouch for, no visitor changes: not its address, nor its name', async () => {
  await using chat = await startTestChat()
  const tenantId = randomUUID()
  const visitor = await chat.visitor(tenantId)
  const owner = await chat.staff(tenantId, undefined, 'owner')
  await visitor.startConversation.mutate({ name: 'Somebody', text: 'hello' })
  const [own] = (await owner.listContacts.query({})).contacts
  const { contact: staffs } = await owner.recordConversation.mutate({
    recordKey: randomUUID(),
    channel: 'call',
    contact: { name: 'Ada', phone: '+49 40 123456' },
    entries: [{ from: 'visitor', text: 'hello', at: chat.clock.now().toISOString() }],
  })
  await owner.mergeContacts.mutate({ contactId: own!.id, otherId: staffs.id })

  const claiming = visitor.startConversation.mutate({ name: 'Vera', email: 'vera@example.com', text: 'me' })
  await expect(claiming).rejects.toMatchObject({ data: { reason: 'conflict' } })
  await visitor.startConversation.mutate({ name: 'Vera', text: 'me again' })
  expect(await owner.getContact.query({ contactId: own!.id })).toMatchObject({
    name: 'Somebody',
    email: null,
    otherEmails: [],
  })
})
