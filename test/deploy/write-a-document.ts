import { paragraph, writePdf } from '@candor/pdf/write-pdf'

// A program that finds its fonts or fails: printed as base64.
const pdf = await writePdf({ title: 'A title', createdAt: new Date(0) }, (page) => paragraph(page, 'Привет'))
process.stdout.write(pdf.toString('base64'))
