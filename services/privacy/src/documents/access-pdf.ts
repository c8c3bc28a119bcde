import { setImmediate } from 'node:timers/promises'
import type { Holding } from '@candor/contracts/data-holder'
import type { AccessAnswer } from '@candor/contracts/privacy/schemas'
import { heading, paragraph, term, writePdf } from '@candor/pdf/write-pdf'
import type { Pdf } from '@candor/pdf/write-pdf'

/**
 * Lays an access answer out on paper: by service and category, each with what the law asks to be told, then every
 * record.
 */
export async function accessPdf(answer: AccessAnswer): Promise<Buffer> {
  const { business, generatedAt, requestId } = answer
  const title = `What ${business.name} holds about you`
  return writePdf({ title, createdAt: new Date(generatedAt) }, async (pdf) => {
    heading(pdf, title, 20)
    paragraph(
      pdf,
      `Collected on ${moment(generatedAt)} from every part of the service. Request ${requestId}.`,
    )
    for (const { service, holdings } of answer.services) {
      heading(pdf, `Held by ${service}`, 15)
      if (holdings.length === 0) paragraph(pdf, 'Nothing about you is held here.')
      for (const holding of holdings) await writeHolding(pdf, holding)
    }
    if (answer.disclosures.length > 0) heading(pdf, 'Handed to authorities', 15)
    for (const { authority, ground, categories, disclosedAt } of answer.disclosures)
      term(pdf, `${authority}, ${moment(disclosedAt)}`, `${ground}: ${categories.join(', ')}`)
    heading(pdf, 'Your rights', 15)
    for (const { right, law, how } of answer.rights) term(pdf, `${right} (${law})`, how)
  })
}

async function writeHolding(pdf: Pdf, holding: Holding): Promise<void> {
  heading(pdf, `${holding.title} (${holding.table.replaceAll('_', ' ')})`, 12)
  term(pdf, 'What for', holding.purposes.join('; '))
  term(pdf, 'On what legal ground', holding.legalBasis)
  term(pdf, 'Who receives it', holding.recipients.join('; '))
  term(pdf, 'For how long', holding.retention)
  term(pdf, 'Where it comes from', holding.source)
  for (const [at, record] of holding.records.entries()) {
    pdf
      .moveDown(0.4)
      .font('bold')
      .fontSize(9)
      .text(`${at + 1}.`)
    for (const [name, value] of Object.entries(record)) term(pdf, name.replaceAll('_', ' '), tell(value))
    // A person may have thousands of records, and others wait for their answers meanwhile.
    if (at % recordsAtOnce === recordsAtOnce - 1) await setImmediate()
  }
}

const recordsAtOnce = 50

function tell(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  return isMoment.test(value) ? moment(value) : value
}

const isMoment = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

function moment(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`
}
