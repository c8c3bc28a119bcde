import { randomUUID } from 'node:crypto'
import type { Stack } from '../stack.ts'
import { clientsOf } from '../story/clients.ts'
import type { Tenant } from './tenants.ts'

/** One of each entry that a business keeps in its registers, and more messages: ids of every kind, and many. */
export async function furnishRegisters(
  stack: Pick<Stack, 'url'>,
  tenant: Tenant,
  messages: number,
): Promise<void> {
  const { canary } = tenant
  const { privacy, chat } = clientsOf(stack.url, tenant.tokens.owner)
  const { conversationId } = tenant.ids
  for (let n = 0; n < messages; n++)
    await chat.postMessage.mutate({ conversationId, clientMessageId: randomUUID(), text: canary })
  const email = `contact.${canary}@example.org`.toLowerCase()
  await Promise.all([
    privacy.placeHold.mutate({
      category: 'purchase-records',
      law: `Law ${canary}`,
      owner: `Owner ${canary}`,
      until: null,
    }),
    privacy.openCase.mutate({ business: tenant.ids.business, topic: 'question', message: `Case ${canary}` }),
    privacy.requestDisclosure.mutate({
      authority: `Court ${canary}`,
      reference: canary,
      ground: 'A law or a court order that binds us',
      scope: { email, categories: ['contact-details'] },
    }),
    privacy.recordBreach.mutate({
      noticedAt: new Date().toISOString(),
      what: `Breach ${canary}`,
      categories: ['contact-details'],
      people: 1,
      risk: 'unlikely',
      measures: canary,
    }),
    privacy.addContacts.mutate({ instructionId: randomUUID(), contacts: [{ name: canary, email }] }),
  ])
}
