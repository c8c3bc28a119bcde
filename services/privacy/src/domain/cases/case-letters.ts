import type { PrivacyCase } from '@candor/contracts/privacy/cases'
import { letter } from '@candor/mail/letter'

/** To the team: what was asked, and where it is answered. */
export function caseLetter(opened: PrivacyCase, publicUrl: string) {
  const subject = `Privacy case ${opened.reference}`
  const from =
    [opened.name, opened.email].filter((part) => part !== null).join(', ') || 'somebody who left no address'
  const parts = {
    heading: subject,
    paragraphs: [`From ${from}, about: ${opened.topic}.`, ...opened.message.split(/\n+/)],
    action: { label: 'Open the case', url: `${publicUrl}/privacy-office#case=${opened.id}` },
    footer: 'Answer in the console: an answer to this letter reaches nobody.',
  }
  return { subject, ...letter(parts) }
}

/** To who opened it. */
export function referenceLetter(opened: PrivacyCase, business: string) {
  const subject = `Your message to ${business}: ${opened.reference}`
  const parts = {
    heading: subject,
    paragraphs: [
      `The privacy team of ${business} has received your message.`,
      `Its reference is ${opened.reference}. With it you can look up on the privacy page how far it is.`,
    ],
    footer: 'If you did not write to them, you need do nothing.',
  }
  return { subject, ...letter(parts) }
}

export function answerLetter(answered: PrivacyCase) {
  const subject = `Answer to your message ${answered.reference}`
  const parts = { heading: subject, paragraphs: (answered.answer ?? '').split(/\n+/) }
  return { subject, ...letter(parts) }
}
