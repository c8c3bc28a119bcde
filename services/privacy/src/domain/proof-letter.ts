import type { PrivacyRequest } from '@candor/contracts/privacy/schemas'
import { letter } from '@candor/mail/letter'

/** The letter by which a person proves that an address is theirs. */
export function proofLetter(options: { business: string; kind: PrivacyRequest['kind']; url: string }) {
  const { business, kind, url } = options
  const asked = {
    access: `Somebody, presumably you, asked for a copy of what ${business} holds about this address.`,
    erasure: `Somebody, presumably you, asked ${business} to erase what it holds about this address.`,
  }[kind]
  const subject = `Confirm your privacy request to ${business}`
  const parts = {
    heading: subject,
    paragraphs: [
      asked,
      'Follow the link to confirm that the address is yours. It works once and for one hour.',
    ],
    action: { label: 'Confirm the request', url },
    footer: 'If it was not you, do nothing: without the link nothing happens and the request lapses.',
  }
  return { subject, ...letter(parts) }
}
