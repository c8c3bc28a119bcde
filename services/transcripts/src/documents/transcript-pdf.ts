import { setImmediate } from 'node:timers/promises'
import { heading, paragraph, term, writePdf } from '@candor/pdf/write-pdf'
import type { Pdf } from '@candor/pdf/write-pdf'
import type { Account, AccountEntry } from '../domain/account.ts'
import { eventOf, linesOf, longTime, shortTime, writerOf } from './wording.ts'

/** The whole conversation on paper. */
export async function transcriptPdf(account: Account, business: { name: string }): Promise<Buffer> {
  const { contact, startedAt, closedAt, entries, conversationId } = account
  const title = `Conversation with ${business.name}`
  const visitor = contact.name ?? 'Visitor'
  return writePdf({ title, createdAt: new Date(closedAt ?? startedAt) }, async (pdf) => {
    heading(pdf, title, 18)
    term(pdf, 'Visitor', visitor)
    if (contact.email) term(pdf, 'E-mail', contact.email)
    term(pdf, 'Started', longTime(startedAt))
    term(pdf, 'Closed', closedAt ? longTime(closedAt) : 'Still open')
    term(pdf, 'Reference', conversationId)
    pdf.moveDown(1)
    for (const [at, entry] of entries.entries()) {
      writeEntry(pdf, entry, visitor)
      // A conversation may have thousands of entries, and others wait for their answers meanwhile.
      if (at % entriesAtOnce === entriesAtOnce - 1) await setImmediate()
    }
    pdf.moveDown(1)
    const count = `${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}`
    quiet(pdf, `${count}, complete and in order. Times are UTC.`)
  })
}

const entriesAtOnce = 50

function writeEntry(pdf: Pdf, entry: AccountEntry, visitor: string): void {
  const time = shortTime(entry.createdAt)
  const event = eventOf(entry, visitor)
  pdf.moveDown(0.6)
  if (event !== null) return quiet(pdf, `${event}, ${time}`)
  pdf
    .font('bold')
    .fontSize(10)
    .text(`${writerOf(entry, visitor)}  `, { continued: true })
    .font('text')
    .fontSize(8)
    .fillColor('#56625f')
    .text(time)
    .fillColor('black')
  for (const line of linesOf(entry.text)) paragraph(pdf, line || ' ')
}

function quiet(pdf: Pdf, text: string): void {
  pdf.font('text').fontSize(8).fillColor('#56625f').text(text).fillColor('black')
}
