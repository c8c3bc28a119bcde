import { pdfCharacters } from '@candor/testing/pdf-characters'
import { expect, test } from 'vitest'
import { heading, paragraph, term, writePdf } from '../src/write-pdf.ts'

test('whatever script a text is in, the document has the letters to show it', async () => {
  const text = 'Привет, Ελένη, żółw, שלום, مرحبا, გამარჯობა, Ծաղիկ'
  const pdf = await writePdf({ title: 'A title', createdAt: new Date(0) }, (page) => {
    heading(page, 'Heading', 15)
    paragraph(page, text)
  })
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  const written = pdfCharacters(pdf)
  for (const character of 'Приветżółשم') expect(written).toContain(character)
})

test('what does not fit on one page goes on on the next, and pages are numbered', async () => {
  const pdf = await writePdf({ title: 'Long', createdAt: new Date(0) }, (page) => {
    for (let n = 0; n < 200; n++) term(page, 'name', String(n))
  })
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)!.length).toBeGreaterThan(2)
})
