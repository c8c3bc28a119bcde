import { services } from '@candor/contracts/callers'
import type { ServiceName } from '@candor/contracts/callers'
import { createRandom, isWhole, seed } from '@candor/testing/long-form'
import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { askProbes } from './ask-probes.ts'
import { crossTenantProbes, isProbe } from './cross-tenant-probes.ts'
import type { TheirIds } from './cross-tenant-probes.ts'
import { removableFilters } from './filters-off.ts'
import { countOf, fingerprints } from './fingerprints.ts'
import { idsOnlyOf } from './foreign-ids.ts'
import { furnishRegisters } from './furnish-registers.ts'
import { breakIns, protectedTables, unprotect } from './row-security.ts'
import { tenantTables } from './tenant-tables.ts'
import type { TenantTable } from './tenant-tables.ts'
import { furnishTenant } from './tenants.ts'
import type { Tenant } from './tenants.ts'

const probesMin = isWhole ? 20_000 : 2_000
const canary = 'canaryB'
const random = createRandom(seed)
const asked = new Set<string>()
const filters = removableFilters()
const tables: Partial<Record<ServiceName, TenantTable[]>> = {}
let stack: Stack
let mine: Tenant
let theirs: Tenant
let theirIds: TheirIds
let before: Record<string, string>
beforeAll(async () => {
  stack = await startStack()
  for (const service of services) tables[service] = await protectedTables(stack, service)
  filters.spare(services.flatMap((service) => without(tenantTables[service], tables[service]!)))
  ;[mine, theirs] = await Promise.all([furnishTenant(stack, 'mineA'), furnishTenant(stack, canary)])
  await furnishRegisters(stack, theirs, isWhole ? 100 : 2)
  const ids = await idsOnlyOf(stack, theirs.ids.tenantId, mine.ids.tenantId)
  theirIds = {
    keys: ids.filter((_, place) => place % 4 === 0),
    others: ids.filter((_, place) => place % 4 > 0),
  }
})
afterAll(async () => {
  filters[Symbol.dispose]()
  await stack[Symbol.asyncDispose]()
})

test.each(services)(
  'by row-level security alone the role of %s reads, changes, deletes, takes and gives no row of another tenant',
  async (service) => {
    const ofPeople = tenantTables[service].filter(({ isPersonal }) => isPersonal)
    expect(without(ofPeople, tables[service]!)).toEqual([])
    const { found, tried } = await breakIns(stack, service, { tables: tables[service]!, ...tenantIds() })
    expect(found).toEqual([])
    expect(tried).toBeGreaterThan(0)
  },
)

test('the other tenant is at rest before it is probed', async () => {
  // What it did itself is told to its audit log a moment later.
  let told = -1
  let since = 0
  await settle(async () => {
    const now = await countOf(stack, 'privacy', 'audit_entries', theirs.ids.tenantId)
    if (now !== told) since = performance.now()
    told = now
    expect(performance.now() - since).toBeGreaterThan(2_000)
  }, 30_000)
  before = await fingerprints(stack, theirs.ids.tenantId)
})

test('with the tenant taken out of the conditions of every service, nothing of another tenant is told', async () => {
  filters.areOff = true
  const probes = crossTenantProbes({ mine, theirs, theirIds, count: 0, random }).filter(
    ({ group, asked: ids, procedure }) => group || ids.length > 0 || procedure.kind === 'query',
  )
  expect(await askProbes(probes, against())).toEqual([])
  filters.areOff = false
  expect(filters.removed).toBeGreaterThan(probes.length / 2)
})

test(
  `of ${probesMin} probes with ids of another tenant, over every procedure, caller and place for an id, none is told anything`,
  { timeout: 3_600_000 },
  async () => {
    const probes = crossTenantProbes({ mine, theirs, theirIds, count: probesMin, random })
    expect(await askProbes(probes, against())).toEqual([])
    const made = probes.filter(isProbe)
    console.info(`cross-tenant: ${made.length} probes, CANDOR_SEED=${seed} replays them`)
    expect(made.length).toBeGreaterThanOrEqual(probesMin)
  },
)

test('after all probes not a row of the other tenant has changed in any service', async () => {
  expect(await fingerprints(stack, theirs.ids.tenantId)).toEqual(before)
})

test('the same visitor at two tenants shares no identifier', async () => {
  const idsOf = (tenant: Tenant) => [
    tenant.ids.conversationId,
    tenant.ids.contactId,
    tenant.tokens.visitor.split('.')[1],
  ]
  expect(idsOf(mine).filter((id) => idsOf(theirs).includes(id))).toEqual([])
})

test('where a service forgets the tenant and the database does too, the same probes and break-ins find it', async () => {
  const probes = crossTenantProbes({ mine, theirs, theirIds, count: 0, random })
  const reads = probes.filter(
    ({ who, procedure, group }) => who === 'owner' && procedure.kind === 'query' && !group,
  )
  for (const service of services) {
    await unprotect(stack, service, tables[service]!)
    const { found } = await breakIns(stack, service, { tables: tables[service]!, ...tenantIds() })
    expect(found).not.toEqual([])
    filters.areOff = true
    const leaks = await askProbes(
      reads.filter((probe) => probe.service === service),
      against(),
    )
    filters.areOff = false
    expect(leaks).not.toEqual([])
  }
})

function against() {
  return { url: stack.url, mine, canary, theirIds, asked }
}

/** Names of the tables of a list that are not in the other. */
function without(all: readonly TenantTable[], some: readonly TenantTable[]): string[] {
  return all.filter((one) => !some.includes(one)).map(({ table }) => table)
}

function tenantIds() {
  return { mine: mine.ids.tenantId, theirs: theirs.ids.tenantId }
}
