import type { Role } from '@candor/contracts/callers'
import type { Stack } from '../stack.ts'
import { clientsOf } from '../story/clients.ts'
import { fromLink, openMailbox } from '../story/mailbox.ts'
import { until } from '../story/until.ts'

/**
 * A business with one of everything that belongs to a tenant: staff of each role, a visitor with an open and a closed
 * conversation, a transcript, an invoice, requests. `ids` are by the names under which inputs ask for them; every text
 * in it contains `canary`.
 */
export async function furnishTenant(stack: Pick<Stack, 'url'>, canary: string) {
  const mailbox = openMailbox(stack.url)
  const anyone = clientsOf(stack.url)
  const password = 'a long and unusual pass phrase'
  const address = (name: string) => `${name}.${canary}@example.org`.toLowerCase()
  const owner = await anyone.identity.signUp.mutate({
    name: `Owner ${canary}`,
    email: address('owner'),
    country: 'DE',
    company: `Company ${canary}`,
    password,
  })
  const asOwner = clientsOf(stack.url, owner.accessToken)
  const join = async (role: 'admin' | 'agent') => {
    await asOwner.identity.inviteStaff.mutate({ email: address(role), role })
    const token = fromLink(await mailbox.letterTo(address(role), '#token='), 'token')
    return anyone.identity.acceptInvitation.mutate({ token, name: `${role} ${canary}`, password })
  }
  const [admin, agent] = [await join('admin'), await join('agent')]

  const session = await anyone.identity.startVisitorSession.mutate({ widgetKey: owner.business.widgetKey })
  const asVisitor = clientsOf(stack.url, session.accessToken)
  const says = {
    name: `Visitor ${canary}`,
    email: address('visitor'),
    text: `Text ${canary}`,
    page: `/${canary}`,
  }
  const closed = (await asVisitor.chat.startConversation.mutate(says)).conversation
  await asOwner.chat.closeConversation.mutate({ conversationId: closed.id })
  const open = (await asVisitor.chat.startConversation.mutate(says)).conversation
  await until('the transcript', () =>
    asOwner.transcripts.getTranscript.query({ conversationId: closed.id }).catch(() => undefined),
  )

  const details = {
    company: `Company ${canary}`,
    street: `Street ${canary}`,
    postalCode: '20457',
    city: 'Hamburg',
    country: 'DE',
  }
  const { checkoutUrl } = await asOwner.billing.startCheckout.mutate({ planId: 'starter', details })
  await fetch(`${checkoutUrl}/pay`, {
    method: 'POST',
    body: new URLSearchParams({ cardNumber: '4242424242424242', expiry: '12/34', cvc: '123', name: canary }),
    redirect: 'manual',
  })
  const invoice = await until('the invoice', async () => (await asOwner.billing.listInvoices.query())[0])

  const request = await anyone.privacy.openRequest.mutate({
    business: owner.business.slug,
    kind: 'access',
    email: address('visitor'),
  })
  const proof = fromLink(await mailbox.letterTo(address('visitor'), 'proof='), 'proof')
  const proven = await anyone.privacy.proveIdentity.mutate({ requestId: request.id, proof })

  const tokens: Record<Role | 'visitor' | 'subject', string> = {
    owner: owner.accessToken,
    admin: admin.accessToken,
    agent: agent.accessToken,
    visitor: session.accessToken,
    subject: proven.accessToken,
  }
  const ids = {
    conversationId: open.id,
    contactId: open.contact.id,
    invoiceId: invoice.id,
    requestId: request.id,
    userId: agent.user.id,
    business: owner.business.slug,
    tenantId: owner.business.id,
  }
  const accounts = { agent: { email: address('agent'), password } }
  return { canary, tokens, accounts, ids, business: owner.business, closedConversationId: closed.id }
}

export type Tenant = Awaited<ReturnType<typeof furnishTenant>>
