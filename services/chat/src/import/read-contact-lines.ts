import { contactsPerCallMax } from '@candor/contracts/chat/contacts'
import type { RefusedLine } from '@candor/contracts/chat/contacts'
import type { ContactDetail } from '@candor/contracts/chat/schemas'
import { CsvError, parse } from 'csv-parse/sync'

/**
 * Reads a CSV file of contacts: its first line says what stands in which column, `name`, `email` and `phone`, also as
 * people head them, and any other column is a further detail under its heading. Commas, semicolons or tabs part the columns, or what a line
 * `sep=` before them names, as spreadsheets write it.
 */
export function readContactLines(csv: string): { refused: RefusedLine[]; lines: ContactLine[] } {
  const named = /^\uFEFF?sep=(.)\r?\n/.exec(csv)?.[1]
  let rows: { info: { lines: number }; record: string[] }[]
  try {
    rows = parse(csv, {
      bom: true,
      delimiter: named ?? delimiterOf(csv),
      from_line: named ? 2 : 1,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as never
  } catch (err) {
    if (!(err instanceof CsvError)) throw err
    return refuse(Number(err.lines ?? 1), 'line', 'is no CSV: a quotation mark is missing or too many')
  }
  const [head, ...body] = rows
  const columns = head?.record.map(columnOf) ?? []
  if (!columns.some((column) => known.has(column)))
    return refuse(1, 'line', 'has to name the columns: name, email, phone, and others as you like')
  const twice = columns.find((column, index) => columns.indexOf(column) !== index)
  if (twice !== undefined) return refuse(1, twice, 'is the heading of two columns')
  if (body.length === 0) return refuse(1, 'line', 'is the only one')
  if (body.length > contactsPerCallMax)
    return refuse(
      body[contactsPerCallMax]!.info.lines,
      'line',
      `is past the ${contactsPerCallMax} of one file`,
    )

  const refused: RefusedLine[] = []
  const lines: ContactLine[] = []
  for (const { info, record } of body) {
    if (record.length === columns.length)
      lines.push({ line: info.lines, values: valuesOf(head!.record, record) })
    else
      refused.push({
        line: info.lines,
        field: 'line',
        message: `has ${record.length} columns, not ${columns.length}`,
      })
  }
  return { refused, lines }
}

function valuesOf(headings: readonly string[], record: readonly string[]): ContactLine['values'] {
  const values: ContactLine['values'] = { details: [] }
  for (const [index, heading] of headings.entries()) {
    const value = record[index]
    if (!value) continue
    const column = columnOf(heading)
    if (known.has(column)) values[column as 'name'] = value
    else values.details!.push({ label: heading, value })
  }
  return values
}

function delimiterOf(csv: string): string {
  const [head = ''] = csv.split(/\r?\n/, 1)
  const bare = head.replaceAll(/"[^"]*"/g, '')
  const parts = (mark: string) => bare.split(mark).length
  return [',', ';', '\t'].toSorted((one, other) => parts(other) - parts(one))[0]!
}

function refuse(line: number, field: string, message: string) {
  return { refused: [{ line, field, message }], lines: [] }
}

const known = new Set(['name', 'email', 'phone'])

/** How people and address books head the columns that are known. */
const otherHeadings: Record<string, string> = {
  'e-mail': 'email',
  'e-mail address': 'email',
  'email address': 'email',
  mail: 'email',
  telephone: 'phone',
  'telephone number': 'phone',
  'phone number': 'phone',
  tel: 'phone',
}

function columnOf(heading: string): string {
  const column = heading.toLowerCase()
  return otherHeadings[column] ?? column
}

export interface ContactLine {
  line: number
  values: {
    name?: string | null | undefined
    email?: string | null | undefined
    phone?: string | null | undefined
    details?: ContactDetail[]
  }
}
