import { letter } from '@candor/mail/letter'

/** The token stands behind `#`, which browsers keep to themselves: no server's log has it. */
export function invitationLetter(parts: {
  inviter: string
  company: string
  role: 'admin' | 'agent'
  url: string
  expiresAt: Date
}): { subject: string; text: string; html: string } {
  const { inviter, company, role, url, expiresAt } = parts
  const day = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(expiresAt)
  return {
    subject: `Join ${company} on Candor`,
    ...letter({
      heading: `${inviter} invites you to ${company}`,
      paragraphs: [
        `You are to answer the visitors of ${company} as ${role}. Choose a name and a password to begin.`,
      ],
      action: { label: 'Accept the invitation', url },
      footer: `The link works once, until ${day}. If you do not know ${company}, do nothing and it expires.`,
    }),
  }
}
