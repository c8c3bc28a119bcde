import { billingData } from '@candor/billing/personal-data'
import { chatData } from '@candor/chat/personal-data'
import type { ServiceName } from '@candor/contracts/callers'
import { identityData } from '@candor/identity/personal-data'
import type { DataMap } from '@candor/personal-data/data-map'
import { privacyData } from '@candor/privacy/personal-data'
import { transcriptsData } from '@candor/transcripts/personal-data'
import pg from 'pg'
import type { Stack } from '../stack.ts'

/** Every table in which rows belong to a tenant, by the services' data maps: a new one needs no naming here. */
export const tenantTables: Record<ServiceName, TenantTable[]> = {
  identity: tablesOf(identityData),
  chat: tablesOf(chatData),
  billing: tablesOf(billingData),
  transcripts: tablesOf(transcriptsData),
  privacy: tablesOf(privacyData),
}

function tablesOf({ tables }: DataMap): TenantTable[] {
  return Object.entries(tables).flatMap(([table, { tenant = 'tenant_id', columns, open }]) =>
    tenant !== null && Object.hasOwn(columns, tenant)
      ? [{ table, tenant, isPersonal: !open && Object.values(columns).some(({ personal }) => personal) }]
      : [],
  )
}

export interface TenantTable {
  table: string
  /** The column that says whose a row is. */
  tenant: string
  /** Holds what is about somebody; the others hold ids and times for work that serves all tenants at once. */
  isPersonal: boolean
}

/** Asks a service's database as PostgreSQL's superuser, past every policy. */
export function asSuperuser(stack: Stack, service: ServiceName) {
  return connect(stack.databases[service].superuserUrl)
}

/** Asks it as the service does. */
export function asApp(stack: Stack, service: ServiceName) {
  return connect(stack.databases[service].appUrl)
}

function connect(connectionString: string) {
  const pool = new pg.Pool({ connectionString, max: 1 })
  return {
    async query(text: string, values: unknown[] = []) {
      const { rows, rowCount } = await pool.query<Record<string, unknown>>(text, values)
      return Object.assign(rows, { affected: rowCount ?? 0 })
    },
    [Symbol.asyncDispose]: () => pool.end(),
  }
}

export type Connection = ReturnType<typeof connect>
