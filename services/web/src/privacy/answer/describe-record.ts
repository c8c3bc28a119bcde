import { labelOf } from './column-labels.ts'

/** A record as a person reads it: named fields, moments marked as such, and last the values that are for machines. */
export function describeRecord(record: Record<string, unknown>): Field[] {
  const fields = Object.entries(record).map(([name, value]) => ({
    label: labelOf(name),
    ...describeValue(value),
  }))
  return fields.toSorted((a, b) => Number(a.kind === 'code') - Number(b.kind === 'code'))
}

/** Each record once, with how often it is held. */
export function countRepeated(
  records: Record<string, unknown>[],
): { record: Record<string, unknown>; times: number }[] {
  const groups = Map.groupBy(records, (record) => JSON.stringify(record))
  return [...groups.values()].map((same) => ({ record: same[0]!, times: same.length }))
}

/** Records that are lines of a conversation, in their order; undefined if they are anything else. */
export function findLines(records: Record<string, unknown>[]): Line[] | undefined {
  const lines = records.map(({ text, created_at: at, author_kind: author, notice }) =>
    typeof text === 'string' && typeof at === 'string' && typeof author === 'string'
      ? {
          author: authors[author] ?? author,
          at,
          text: text || (notices[String(notice)] ?? '(no text)'),
        }
      : undefined,
  )
  return lines.every((line) => line !== undefined)
    ? lines.toSorted((a, b) => a.at.localeCompare(b.at))
    : undefined
}

function describeValue(value: unknown): Pick<Field, 'kind' | 'text'> {
  if (typeof value === 'boolean') return { kind: 'text', text: value ? 'yes' : 'no' }
  if (typeof value !== 'string') {
    return typeof value === 'object'
      ? { kind: 'code', text: JSON.stringify(value) }
      : { kind: 'text', text: String(value) }
  }
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return { kind: 'time', text: value }
  return { kind: /^[\w+/=.-]{32,}$/.test(value) ? 'code' : 'text', text: value }
}

const notices: Record<string, string> = {
  taken: '(took the conversation)',
  closed: '(closed the conversation)',
}
const authors: Record<string, string> = { visitor: 'You', staff: 'Staff', system: 'Candor' }

export interface Field {
  label: string
  /** `code` is for machines: an id, a hash, a signature. */
  kind: 'text' | 'time' | 'code'
  text: string
}

export interface Line {
  author: string
  at: string
  text: string
}
