import { escapeHtml } from '@candor/mail/letter'
import type { Account, AccountEntry } from '../domain/account.ts'
import { pageStyle } from './page-style.ts'
import { eventOf, linesOf, longTime, shortTime, writerOf } from './wording.ts'

/** The whole conversation as one page that opens anywhere and prints well: nothing is loaded, nothing runs. */
export function transcriptPage(account: Account, business: { name: string }): string {
  const { contact, startedAt, closedAt, entries, conversationId } = account
  const visitor = contact.name ?? 'Visitor'
  const title = `Conversation with ${business.name}`
  const facts = [
    ['Visitor', escapeHtml(visitor)],
    ...(contact.email ? [['E-mail', escapeHtml(contact.email)]] : []),
    ['Started', timeHtml(startedAt, longTime)],
    ['Closed', closedAt ? timeHtml(closedAt, longTime) : 'Still open'],
    ['Reference', conversationId],
  ]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<main>
<header>
<h1>${escapeHtml(title)}</h1>
<dl>
${facts.map(([term, value]) => `<div><dt>${term}</dt><dd>${value}</dd></div>`).join('\n')}
</dl>
</header>
<ol>
${entries.map((entry) => entryHtml(entry, visitor)).join('\n')}
</ol>
<footer>${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}, complete and in order. Times are UTC.</footer>
</main>
</body>
</html>
`
}

function entryHtml(entry: AccountEntry, visitor: string): string {
  const time = timeHtml(entry.createdAt, shortTime)
  const event = eventOf(entry, visitor)
  if (event !== null) return `<li class="event"><p>${escapeHtml(event)}</p>${time}</li>`
  const writer = escapeHtml(writerOf(entry, visitor))
  const text = linesOf(entry.text).map(escapeHtml).join('<br>')
  return `<li class="${entry.author.kind}"><cite>${writer}</cite>${time}<p dir="auto">${text}</p></li>`
}

function timeHtml(iso: string, format: (iso: string) => string): string {
  return `<time datetime="${escapeHtml(iso)}">${format(iso)}</time>`
}
