import { inflateSync } from 'node:zlib'

/** Every character that a document's fonts have to show, from their tables of what each glyph means. */
export function pdfCharacters(pdf: Buffer): Set<string> {
  const text = pdf.toString('latin1')
  const streams = [...text.matchAll(/stream\r?\n([^]*?)\r?\nendstream/g)].map(([, body]) => {
    try {
      return inflateSync(Buffer.from(body!, 'latin1')).toString('latin1')
    } catch {
      return ''
    }
  })
  const codes = streams.filter((stream) => stream.includes('beginbfrange')).join('')
  return new Set(
    [...codes.matchAll(/<([0-9a-f]{4})>/gi)].map(([, code]) => String.fromCharCode(parseInt(code!, 16))),
  )
}
