import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/** Evidence stays as it was taken, but for a name or address that its person has shown to be wrong. */
export const evidenceCorrected: NamedMigration = {
  name: '20261122T0615-evidence-corrected',
  up: async (db) => {
    await sql`grant update (name, email) on evidence_log to privacy_app`.execute(db)
  },
}
