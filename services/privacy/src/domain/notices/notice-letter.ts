import type { PolicyVersion } from '@candor/contracts/policy/tenant-rules'
import { letter } from '@candor/mail/letter'

/** The letter by which an account learns that a notice changes in what matters. */
export function noticeLetter({ version, effectiveAt }: PolicyVersion, publicUrl: string) {
  const subject = 'Our privacy notice changes'
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(effectiveAt),
  )
  const parts = {
    heading: subject,
    paragraphs: [
      `Your business has published version ${version} of its privacy notice. It takes effect on ${day} (UTC).`,
      'It changes what happens to personal data, or what people can ask for. What differs stands in your account.',
    ],
    action: { label: 'See what changes', url: `${publicUrl}/console/settings` },
    footer: 'You get this letter once, because you have an account at this business.',
  }
  return { subject, ...letter(parts) }
}
