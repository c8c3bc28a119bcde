import { letSweep } from '@candor/personal-data/sweep-access'
import type { NamedMigration } from '@candor/runtime/migrate'

/** What the sweep looks for; `transcripts_latest` finds it. */
export const retention: NamedMigration = {
  name: '20261122T0355-retention',
  up: async (db) => {
    await letSweep(db, 'transcripts')
  },
}
