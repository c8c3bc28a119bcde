import { createHash } from 'node:crypto'
import { Email } from '@candor/contracts/fields'
import { ownMessageIds } from '@candor/mail/send-mail'
import { convert } from 'html-to-text'
import PostalMime from 'postal-mime'

/** Reads a mail as it came over the wire, whatever is wrong with it; null where it is nobody's. */
export async function readMail(raw: Buffer): Promise<IncomingMail | null> {
  const mail = await PostalMime.parse(raw, { maxNestingDepth: 30 })
  const sender = Email.safeParse(mail.from?.address)
  if (!sender.success) return null
  const header = (name: string) =>
    mail.headers
      .find(({ key }) => key === name)
      ?.value.toLowerCase()
      .trim()
  const messageId = idsIn(mail.messageId)[0] ?? `sha256-${createHash('sha256').update(raw).digest('hex')}`
  return {
    messageId,
    from: { email: sender.data, name: oneLine(mail.from?.name, 120) },
    subject: oneLine(mail.subject, 200),
    text: plain(mail.text ?? (mail.html ? textOf(mail.html) : '')).trim(),
    attachments: mail.attachments.map(({ filename }) => oneLine(filename, 80) ?? 'without a name'),
    answers: [...idsIn(mail.references), ...idsIn(mail.inReplyTo)],
    isAutomatic:
      (header('auto-submitted') ?? 'no') !== 'no' ||
      ['bulk', 'junk', 'list'].includes(header('precedence') ?? '') ||
      header('list-id') !== undefined ||
      messageId.endsWith(ownMessageIds),
  }
}

/** What a mail says, and how it belongs to others. */
export interface IncomingMail {
  /** Without its brackets; where it has none, a word made of the whole mail. */
  messageId: string
  from: { email: string; name: string | null }
  subject: string | null
  text: string
  /** Their names; the files themselves are dropped. */
  attachments: string[]
  /** Message-IDs of those it answers. */
  answers: string[]
  /** A program wrote it, so that nobody waits for an answer and an answer may make it write again. */
  isAutomatic: boolean
}

function textOf(html: string): string {
  return convert(html, {
    wordwrap: false,
    limits: { maxInputLength: 1_000_000, maxDepth: 100 },
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
    ],
  })
}

/** Ids in brackets, as `References` lists them; the last are the nearest. */
function idsIn(header: string | undefined): string[] {
  return [...(header ?? '').matchAll(/<([^<>\s]{1,500})>/g)].map(([, id]) => plain(id!)).slice(-50)
}

/** Without what is no text: control characters but for line ends, and halves of characters. */
function plain(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
}

function oneLine(text: string | null | undefined, lengthMax: number): string | null {
  const line = plain(text ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, lengthMax)
    .toWellFormed()
  return line || null
}
