import type { Clients } from '../story/clients.ts'
import { until } from '../story/until.ts'

/** The number that pays, as it could lie about somewhere. */
export const cardPaidWith = ['4242 4242 4242 4242', '4242424242424242'] as const

/** Buys the team plan as its owner does: at the provider's page, with a card that only that page sees. */
export async function buyPlan({ billing }: Clients, country: keyof typeof addresses = 'DE'): Promise<void> {
  const details = { company: 'Harbour Bicycles Ltd', ...addresses[country], country }
  const { checkoutUrl } = await billing.startCheckout.mutate({ planId: 'team', details })
  const card = { cardNumber: cardPaidWith[0], expiry: '12/34', cvc: '123', name: 'Olga Owner' }
  await fetch(`${checkoutUrl}/pay`, {
    method: 'POST',
    body: new URLSearchParams(card),
    redirect: 'manual',
  })
  await until('the invoice', async () => (await billing.listInvoices.query()).length > 0)
}

const addresses = {
  DE: { street: '3 Quay Street', postalCode: '20457', city: 'Hamburg' },
  GB: { street: '3 Quay Street', postalCode: 'BS1 4DJ', city: 'Bristol' },
}
