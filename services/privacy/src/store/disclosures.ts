import type { CategoryId } from '@candor/contracts/policy/categories'
import type { Disclosure } from '@candor/contracts/privacy/disclosures'
import type { Selectable, Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** A disclosure with its person still sealed. */
export interface DisclosureRecord extends Omit<Disclosure, 'scope'> {
  sealedEmail: Buffer
  categories: CategoryId[]
}

export async function insertDisclosure(
  trx: Transaction<Database>,
  disclosure: {
    id: string
    tenantId: string
    authority: string
    reference: string
    ground: string
    sealedEmail: Buffer
    addressHash: Buffer
    categories: CategoryId[]
    silence: Disclosure['silence']
    requestedBy: string
    now: Date
  },
): Promise<DisclosureRecord> {
  const { id, tenantId, authority, reference, ground, categories, silence } = disclosure
  const row = {
    id,
    tenant_id: tenantId,
    state: 'requested',
    authority,
    reference,
    ground,
    sealed_email: disclosure.sealedEmail,
    address_hash: disclosure.addressHash,
    categories: JSON.stringify(categories),
    silence: silence && JSON.stringify(silence),
    requested_by: disclosure.requestedBy,
    requested_at: disclosure.now,
    decided_by: null,
    decided_at: null,
    exported_by: null,
    exported_at: null,
  } as const
  return toRecord(await trx.insertInto('disclosures').values(row).returningAll().executeTakeFirstOrThrow())
}

export async function lockDisclosure(
  trx: Transaction<Database>,
  id: string,
): Promise<DisclosureRecord | undefined> {
  const query = trx.selectFrom('disclosures').selectAll().where('id', '=', id).forUpdate()
  const row = await query.executeTakeFirst()
  return row && toRecord(row)
}

/** Latest first. */
export async function listDisclosures(trx: Transaction<Database>): Promise<DisclosureRecord[]> {
  const query = trx.selectFrom('disclosures').selectAll().orderBy('requested_at', 'desc').limit(500)
  return (await query.execute()).map(toRecord)
}

/** What was handed out about an address, oldest first. */
export async function listExportedAbout(
  trx: Transaction<Database>,
  addressHash: Buffer,
): Promise<DisclosureRecord[]> {
  const rows = await trx
    .selectFrom('disclosures')
    .selectAll()
    .where('address_hash', '=', addressHash)
    .where('state', '=', 'exported')
    .orderBy('exported_at')
    .execute()
  return rows.map(toRecord)
}

export async function setDecided(
  trx: Transaction<Database>,
  id: string,
  decided: { state: 'approved' | 'refused'; by: string; now: Date },
): Promise<DisclosureRecord> {
  const set = { state: decided.state, decided_by: decided.by, decided_at: decided.now }
  const query = trx.updateTable('disclosures').set(set).where('id', '=', id).returningAll()
  return toRecord(await query.executeTakeFirstOrThrow())
}

export async function setExported(
  trx: Transaction<Database>,
  id: string,
  exported: { by: string; now: Date },
): Promise<DisclosureRecord> {
  const set = { state: 'exported', exported_by: exported.by, exported_at: exported.now } as const
  const query = trx.updateTable('disclosures').set(set).where('id', '=', id).returningAll()
  return toRecord(await query.executeTakeFirstOrThrow())
}

export async function setSilenceLifted(trx: Transaction<Database>, id: string): Promise<DisclosureRecord> {
  const query = trx.updateTable('disclosures').set({ silence: null }).where('id', '=', id).returningAll()
  return toRecord(await query.executeTakeFirstOrThrow())
}

function toRecord(row: Selectable<Database['disclosures']>): DisclosureRecord {
  const { id, state, authority, reference, ground, categories, silence } = row
  return {
    id,
    state,
    authority,
    reference,
    ground,
    sealedEmail: row.sealed_email,
    categories,
    silence,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at.toISOString(),
    decidedBy: row.decided_by,
    decidedAt: row.decided_at?.toISOString() ?? null,
    exportedBy: row.exported_by,
    exportedAt: row.exported_at?.toISOString() ?? null,
  }
}
