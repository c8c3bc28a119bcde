import type { NamedMigration } from '@candor/runtime/migrate'
import { createTenantsOf } from './sweep-access.ts'

/** For every service, before the migrations that open tables to the sweep. */
export const sweepTables: NamedMigration = {
  name: '20261122T0350-sweep',
  up: createTenantsOf,
}
