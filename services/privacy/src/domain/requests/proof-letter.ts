import type { RequestKind } from '@candor/contracts/policy/policy'
import { letter } from '@candor/mail/letter'
import { acts } from './acts.ts'

/** The letter by which a person proves that an address is theirs. */
export function proofLetter(options: { business: string; kind: RequestKind; url: string }) {
  const { business, kind, url } = options
  const subject = `Confirm your privacy request to ${business}`
  const parts = {
    heading: subject,
    paragraphs: [
      `Somebody, presumably you, asked ${business} ${acts[kind].asked}.`,
      'Follow the link to confirm that the address is yours. It works once and for one hour.',
    ],
    action: { label: 'Confirm the request', url },
    footer: 'If it was not you, do nothing: without the link nothing happens and the request lapses.',
  }
  return { subject, ...letter(parts) }
}
