import type { Recipient } from '@candor/contracts/policy/policy'

/** Recipients that several packs name. What a business uses besides, it adds. */
export const candorPlatform = processor({
  id: 'candor',
  name: 'Candor',
  purpose: 'runs the chat for the business',
  country: 'DE',
  agreement: 'Candor data processing agreement',
})

export const hosting = processor({
  id: 'hosting',
  name: 'The hosting provider',
  purpose: 'runs the servers and stores the data',
  country: 'DE',
  agreement: 'Hosting data processing agreement',
})

export const mailDelivery = processor({
  id: 'mail-delivery',
  name: 'The mail provider',
  purpose: 'delivers mail',
  country: 'DE',
  agreement: 'Mail data processing agreement',
})

export const stripe: Recipient = {
  id: 'stripe',
  name: 'Stripe',
  role: 'controller',
  purpose: 'takes payments and keeps the card details',
  country: 'IE',
  safeguard: null,
  agreement: null,
  hosts: ['api.stripe.com'],
}

export const paypal: Recipient = {
  ...stripe,
  id: 'paypal',
  name: 'PayPal',
  country: 'LU',
  hosts: ['api-m.paypal.com'],
}

/** The stand-in for a payment platform that comes with a local installation. */
export const sandbox: Recipient = {
  ...stripe,
  id: 'sandbox',
  name: 'The payment sandbox',
  country: 'DE',
  hosts: ['localhost', '127.0.0.1'],
}

export const taxAuthority: Recipient = {
  id: 'tax-authority',
  name: 'The tax authority',
  role: 'authority',
  purpose: 'may inspect the books',
  country: 'DE',
  safeguard: null,
  agreement: null,
  hosts: [],
}

export function processor(
  named: Pick<Recipient, 'id' | 'name' | 'purpose' | 'country' | 'agreement'> & Partial<Recipient>,
): Recipient {
  return { role: 'processor', safeguard: null, hosts: [], ...named }
}
