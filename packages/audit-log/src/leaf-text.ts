import type { AuditEntry } from '@candor/contracts/privacy/audit'

/** What the leaf of an entry is the hash of: its fields in this order as JSON without spaces. */
export function leafText(entry: AuditEntry): string {
  return JSON.stringify(fields.map((field) => [field, entry[field]]))
}

const fields = [
  'position',
  'at',
  'kind',
  'role',
  'who',
  'what',
  'purpose',
  'reason',
  'object',
  'detail',
  'times',
] as const satisfies (keyof AuditEntry)[]
