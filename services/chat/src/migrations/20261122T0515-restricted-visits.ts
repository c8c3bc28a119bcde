import type { NamedMigration } from '@candor/runtime/migrate'
import { restrictBy } from '@candor/runtime/protect'

/** Which campaign led a person here is neither used nor swept while they are restricted. */
export const restrictedVisits: NamedMigration = {
  name: '20261122T0515-restricted-visits',
  up: (db) => restrictBy(db, 'cookie_yields', 'visitor_id'),
}
