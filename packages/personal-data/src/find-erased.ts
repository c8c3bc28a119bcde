import type { LedgerEntry } from '@candor/contracts/erasure-ledger'
import type { SubjectRef } from '@candor/contracts/data-holder'
import { ledgerAddress, ledgerHash } from '@candor/events/ledger-stream'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { DataMap } from './data-map.ts'

/**
 * Finds in a restored database whom an entry of the ledger means: every id and address that stands anywhere in the
 * tenant's rows is hashed and compared. Reads the rows as they are, whatever the map says of their columns.
 */
export async function findErased(
  trx: Transaction<any>,
  map: DataMap,
  entry: LedgerEntry,
  addressKey: Buffer,
): Promise<SubjectRef> {
  const { tenantId } = entry
  const found = { visitorIds: new Set<string>(), userIds: new Set<string>(), emails: new Set<string>() }
  const [visitors, users, addresses] = [entry.visitors, entry.users, entry.addresses].map(
    (hashes) => new Set(hashes),
  )
  for (const [table, { tenant = 'tenant_id', columns }] of Object.entries(map.tables)) {
    if (tenant === null || !(tenant in columns)) continue
    for (const word of await namesIn(trx, table, tenant, tenantId)) {
      if (word.includes('@')) {
        if (addresses!.has(ledgerAddress(addressKey, word))) found.emails.add(word)
        continue
      }
      const hash = ledgerHash(word)
      if (visitors!.has(hash)) found.visitorIds.add(word)
      if (users!.has(hash)) found.userIds.add(word)
    }
  }
  return { tenantId, ...mapValues(found) }
}

async function namesIn(
  trx: Transaction<any>,
  table: string,
  tenant: string,
  tenantId: string,
): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`
    select distinct lower(found[1]) as word
    from ${sql.table(table)} as t, regexp_matches(t::text, ${idOrAddress}, 'gi') as found
    where t.${sql.ref(tenant)} = ${tenantId}`.execute(trx)
  return rows.map(({ word }) => word)
}

const idOrAddress =
  '([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[^\\s@,;:<>()"\\\\]+@[a-z0-9.-]*[a-z0-9])'

function mapValues(found: { visitorIds: Set<string>; userIds: Set<string>; emails: Set<string> }) {
  return { visitorIds: [...found.visitorIds], userIds: [...found.userIds], emails: [...found.emails] }
}
