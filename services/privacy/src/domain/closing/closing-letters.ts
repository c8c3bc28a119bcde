import { letter } from '@candor/mail/letter'

/** Tells everybody on the staff that there is no way in any more. */
export function closedLetter(business: string) {
  const subject = `The account of ${business} is closed`
  const parts = {
    heading: subject,
    paragraphs: [
      'An owner has closed it. Nobody can sign in any more, and the chat has left the site.',
      'Conversations, contacts, transcripts and the accounts of staff are being deleted now. What a law asks us to keep, such as invoices, stays for as long as it says, and then goes too.',
    ],
    footer:
      'Who closed the account gets a receipt once everything is gone. Nobody gets another letter about it.',
  }
  return { subject, ...letter(parts) }
}

/** Hands the receipt to who closed the account: there is no page left to fetch it from. */
export function receiptLetter(business: string, jws: string, kept: readonly string[]) {
  const subject = `Receipt: what was held of ${business} is deleted`
  const parts = {
    heading: subject,
    paragraphs: [
      'Every service has deleted what it held, looked again, and found nothing left.',
      kept.length > 0 ? 'Kept for now, and why:' : 'Nothing had to be kept.',
      ...kept,
      'The signed receipt, which can be checked without us:',
      jws,
    ],
    footer: 'Keep this letter: with it goes the last address we had of you.',
  }
  return { subject, ...letter(parts) }
}
