import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

export interface Note {
  requestId: string
  at: Date
  what: string
  note: string | null
  staffId: string | null
}

export async function insertNote(
  trx: Transaction<Database>,
  note: Note & { id: string; tenantId: string },
): Promise<void> {
  const row = {
    id: note.id,
    request_id: note.requestId,
    tenant_id: note.tenantId,
    at: note.at,
    what: note.what,
    note: note.note,
    staff_id: note.staffId,
  }
  await trx.insertInto('request_notes').values(row).execute()
}

export async function listNotes(trx: Transaction<Database>, requestIds: readonly string[]): Promise<Note[]> {
  if (requestIds.length === 0) return []
  return trx
    .selectFrom('request_notes')
    .select(['request_id as requestId', 'at', 'what', 'note', 'staff_id as staffId'])
    .where('request_id', 'in', requestIds)
    .orderBy('id')
    .execute()
}
