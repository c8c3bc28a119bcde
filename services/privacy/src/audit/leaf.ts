import type { AuditEntry } from '@candor/contracts/privacy/audit'
import { leafHash } from './merkle-tree.ts'

/** The leaf of an entry: its fields in this order as JSON without spaces. */
export function leafOf(entry: AuditEntry): Buffer {
  return leafHash(JSON.stringify(fields.map((field) => [field, entry[field]])))
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
