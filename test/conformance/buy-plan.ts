import { sandbox } from '@candor/policy/parts/recipients'
import type { Clients } from '../story/clients.ts'
import { until } from '../story/until.ts'

/** The number that pays, as it could lie about somewhere. */
export const cardPaidWith = ['4242 4242 4242 4242', '4242424242424242'] as const

/** Buys the team plan as its owner does: at the provider's page, with a card that only that page sees. */
export async function buyPlan(
  { billing, privacy }: Clients,
  country: keyof typeof addresses = 'DE',
): Promise<void> {
  const details = { company: 'Harbour Bicycles Ltd', ...addresses[country], country }
  await nameSandbox(privacy)
  const { checkoutUrl } = await until('billing to obey the notice', () =>
    billing.startCheckout.mutate({ planId: 'team', details }).catch(whileForbidden),
  )
  const card = { cardNumber: cardPaidWith[0], expiry: '12/34', cvc: '123', name: 'Olga Owner' }
  await fetch(`${checkoutUrl}/pay`, {
    method: 'POST',
    body: new URLSearchParams(card),
    redirect: 'manual',
  })
  await until('the invoice', async () => (await billing.listInvoices.query()).length > 0)
}

/** Where a notice names other payment platforms alone, the local one that stands in for them has to be named first. */
async function nameSandbox(privacy: Clients['privacy']): Promise<void> {
  const { pack, policy } = await privacy.getPolicyDraft.query()
  if (policy.recipients.some(({ id }) => id === sandbox.id)) return
  const here = policy.region === 'uk' ? 'GB' : sandbox.country
  const { 'purchase-records': purchases } = policy.categories
  const categories = {
    ...policy.categories,
    'purchase-records': { ...purchases, recipients: [...purchases.recipients, sandbox.id] },
  }
  const recipients = [...policy.recipients, { ...sandbox, country: here }]
  await privacy.savePolicyDraft.mutate({ pack, policy: { ...policy, categories, recipients } })
  await privacy.publishPolicy.mutate({})
}

/** Until the notice has reached billing. */
function whileForbidden(err: { data?: { reason?: string } }): undefined {
  if (err.data?.reason !== 'forbidden') throw err
}

const addresses = {
  DE: { street: '3 Quay Street', postalCode: '20457', city: 'Hamburg' },
  GB: { street: '3 Quay Street', postalCode: 'BS1 4DJ', city: 'Bristol' },
}
