import type { Staffed } from './1-sign-up.ts'
import { holds, refusal, same } from './expect.ts'
import { until } from './until.ts'

/** The owner upgrades: pays at the provider's page, whose signed notice brings the plan and an invoice. */
export async function upgrade({ asOwner, asAgent }: Staffed) {
  const details = {
    company: "Rosie's Bicycles Ltd",
    street: 'Hafenstrasse 3',
    postalCode: '20457',
    city: 'Hamburg',
    country: 'DE',
  }
  same(
    'an agent who buys',
    await refusal('it', asAgent.billing.startCheckout.mutate({ planId: 'team', details })),
    'forbidden',
  )
  const { checkoutUrl } = await asOwner.billing.startCheckout.mutate({ planId: 'team', details })
  const page = await fetch(checkoutUrl)
  holds('the provider shows its page', page.ok)
  const card = { cardNumber: '4242 4242 4242 4242', expiry: '12/34', cvc: '123', name: 'Rosie Marsh' }
  const paid = await fetch(`${checkoutUrl}/pay`, {
    method: 'POST',
    body: new URLSearchParams(card),
    redirect: 'manual',
  })
  same('the answer to paying', paid.status, 303)
  holds('the provider leads back', paid.headers.get('location')?.endsWith('/billing?checkout=success'))

  await until('the plan', async () => (await asOwner.billing.getSubscription.query()).plan.id === 'team')
  const [invoice, ...others] = await until('the invoice', async () => {
    const invoices = await asOwner.billing.listInvoices.query()
    return invoices.length > 0 && invoices
  })
  same('further invoices', others, [])
  same(
    'the tax on it',
    [invoice!.netMinor, invoice!.taxRatePercent, invoice!.taxMinor, invoice!.grossMinor],
    [9900, 19, 1881, 11781],
  )
  holds(
    'it has a number, a seller with a VAT id and a buyer',
    invoice!.number && invoice!.seller.vatId && invoice!.buyer.city === 'Hamburg',
  )
  same(
    'an agent who reads it',
    await refusal('it', asAgent.billing.getInvoice.query({ invoiceId: invoice!.id })),
    'forbidden',
  )
}
