import type { ServiceName } from '@candor/contracts/callers'
import { asSuperuser, tenantTables } from './tenant-tables.ts'
import type { Stack } from '../stack.ts'

/**
 * Every id that stands in the rows of one tenant, in any column of any table of any service, and in no row of the
 * other's.
 */
export async function idsOnlyOf(stack: Stack, theirs: string, mine: string): Promise<string[]> {
  const own = await idsIn(stack, mine)
  return [...(await idsIn(stack, theirs))].filter((id) => !own.has(id)).toSorted()
}

async function idsIn(stack: Stack, tenantId: string): Promise<Set<string>> {
  const found = new Set<string>()
  for (const [service, tables] of Object.entries(tenantTables)) {
    await using database = asSuperuser(stack, service as ServiceName)
    for (const { table, tenant } of tables) {
      const rows = await database.query(`select t::text as row from ${table} t where ${tenant} = $1`, [
        tenantId,
      ])
      for (const { row } of rows) for (const id of String(row).match(uuids) ?? []) found.add(id)
    }
  }
  return found
}

export const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
