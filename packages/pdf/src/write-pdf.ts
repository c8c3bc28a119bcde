import { buffer } from 'node:stream/consumers'
import { fonts } from '#fonts'
import Document from 'pdfkit'

/**
 * A document on A4 with numbered pages, written by `write`. The fonts come along, so that names and texts of other
 * scripts than Latin can be read: Cyrillic, Greek, Armenian, Georgian, Hebrew and Arabic among them.
 */
export async function writePdf(
  { title, createdAt }: { title: string; createdAt: Date },
  write: (pdf: Pdf) => void | Promise<void>,
): Promise<Buffer> {
  const info = { Title: title, Author: 'Candor', CreationDate: createdAt }
  // Named, since pdfkit would look for one of its own among its files.
  const font = fonts.text
  const pdf = new Document({ size: 'A4', margin, info, lang: 'en', font, bufferPages: true })
  pdf.registerFont('text', fonts.text).registerFont('bold', fonts.bold)
  const finished = buffer(pdf)
  await write(pdf)
  numberPages(pdf)
  pdf.end()
  return finished
}

export function heading(pdf: Pdf, text: string, size: number): void {
  pdf.moveDown(0.8).font('bold').fontSize(size).text(text).moveDown(0.2)
}

export function paragraph(pdf: Pdf, text: string): void {
  pdf.font('text').fontSize(10).text(text)
}

/** A name and what it stands for, on one line. */
export function term(pdf: Pdf, name: string, text: string): void {
  pdf.font('bold').fontSize(9).text(`${name}: `, { continued: true }).font('text').text(text)
}

function numberPages(pdf: Pdf): void {
  const { count } = pdf.bufferedPageRange()
  for (let page = 0; page < count; page++) {
    pdf.switchToPage(page)
    pdf.page.margins.bottom = 0
    pdf
      .font('text')
      .fontSize(8)
      .text(`${page + 1} / ${count}`, margin, pdf.page.height - 36, { align: 'right' })
  }
}

const margin = 56

export type Pdf = PDFKit.PDFDocument
