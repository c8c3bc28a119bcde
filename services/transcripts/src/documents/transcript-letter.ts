import { escapeHtml, htmlPage } from '@candor/mail/letter'
import type { Account, AccountEntry } from '../domain/account.ts'
import { entriesText } from './transcript-text.ts'
import { eventOf, linesOf, longTime, shortTime, writerOf } from './wording.ts'

/**
 * The copy a visitor gets by mail, complete and in order. It calls them "You": a name that is corrected while the
 * letter waits is nowhere in it.
 */
export function transcriptLetter(account: Account, business: Business, publicUrl: string): Letter {
  const privacyUrl = `${publicUrl}/privacy/${business.slug}`
  const subject = `Your conversation with ${business.name}`
  const times = `From ${longTime(account.startedAt)}${account.closedAt ? ` to ${longTime(account.closedAt)}` : ''}.`
  const why = `You get this mail because this address was given in a conversation with ${business.name}. No answer to it is read.`
  const rights = `See what ${business.name} keeps about you, or have it erased:`
  return {
    subject,
    text: [subject, times, entriesText(account, 'You'), '-- ', why, `${rights} ${privacyUrl}`, ''].join(
      '\n\n',
    ),
    html: htmlPage(
      subject,
      [
        `<h1 style="margin:0 0 4px;font-size:20px">${escapeHtml(subject)}</h1>`,
        `<p class="quiet" style="margin:0 0 24px;${quiet}">${escapeHtml(times)}</p>`,
        ...account.entries.map(entryHtml),
        `<hr style="margin:32px 0 16px;border:0;border-top:1px solid #dfe5e3">`,
        `<p class="quiet" style="margin:0 0 8px;${quiet}">${escapeHtml(why)}</p>`,
        `<p class="quiet" style="margin:0;${quiet}">${escapeHtml(rights)} <a href="${escapeHtml(privacyUrl)}" style="color:#1f4f46">${escapeHtml(privacyUrl)}</a></p>`,
      ].join('\n'),
    ),
  }
}

const quiet = 'color:#5b6664;font-size:13px'

function entryHtml(entry: AccountEntry): string {
  const time = shortTime(entry.createdAt)
  const event = eventOf(entry, 'You')
  if (event !== null)
    return `<p class="quiet" style="margin:16px 0;text-align:center;${quiet}">${escapeHtml(event)}, ${time}</p>`
  const writer = escapeHtml(writerOf(entry, 'You'))
  const text = linesOf(entry.text).map(escapeHtml).join('<br>')
  const [side, paper] = entry.author.kind === 'visitor' ? ['mine', '#e3efec'] : ['theirs', '#f3f5f4']
  return `<p class="quiet" style="margin:16px 0 4px;${quiet}"><strong class="ink" style="color:#15201e">${writer}</strong>, ${time}</p>
<p dir="auto" class="${side}" style="margin:0;padding:10px 14px;border-radius:10px;background:${paper};overflow-wrap:anywhere">${text}</p>`
}

export interface Business {
  name: string
  slug: string
}

interface Letter {
  subject: string
  text: string
  html: string
}
