import type { Account } from '../domain/account.ts'
import { eventOf, linesOf, longTime, shortTime, writerOf } from './wording.ts'

/** The whole conversation as a plain text file. */
export function transcriptText(account: Account, business: { name: string }): string {
  const { name, email } = account.contact
  const visitor = [name ?? 'Visitor', ...(email ? [`<${email}>`] : [])].join(' ')
  const head = [
    `Conversation with ${business.name}`,
    `Visitor: ${visitor}`,
    `Started: ${longTime(account.startedAt)}`,
    `Closed: ${account.closedAt ? longTime(account.closedAt) : 'still open'}`,
  ]
  return `${head.join('\n')}\n\n${entriesText(account, name ?? 'Visitor')}\n`
}

/** Each entry under its writer and time (UTC), in order. */
export function entriesText({ entries }: Account, visitor: string): string {
  return entries
    .map((entry) => {
      const time = shortTime(entry.createdAt)
      const event = eventOf(entry, visitor)
      if (event !== null) return `* ${event} (${time})`
      const lines = linesOf(entry.text).map((line) => `  ${line}`.trimEnd())
      return [`${writerOf(entry, visitor)} (${time})`, ...lines].join('\n')
    })
    .join('\n\n')
}
