import type { ColumnDescription } from '@candor/contracts/data-holder'
import type { dataHolder } from '@candor/contracts/data-holder'
import type { Contract } from '@candor/contracts/contract'
import { release, restrict } from '@candor/events/restrictions'
import { bury } from '@candor/events/tombstones'
import { getCategory } from '@candor/policy/categories'
import type { HandlersOf } from '@candor/rpc/implement'
import type { Clock } from '@candor/runtime/clock'
import { asLookup, asTenant, limitStatements, seeHidden } from '@candor/runtime/tenancy'
import type { Kysely, Transaction } from 'kysely'
import { correctSubject } from './correct-subject.ts'
import type { DataMap } from './data-map.ts'
import { eraseTenant } from './erase-tenant.ts'
import { exportSubject } from './export-subject.ts'
import { findTenants } from './find-tenants.ts'
import { locateSubject } from './locate-subject.ts'
import { countExpiring } from './count-expiring.ts'
import { reportErasure } from './report-erasure.ts'
import { holdsAt } from './retention-rules.ts'
import type { RetentionRules } from './retention-rules.ts'
import { searchResidue } from './search-residue.ts'
import { searchTenant } from './search-tenant.ts'
import { tenantRemains } from './tenant-remains.ts'

/** The handlers of the `dataHolder` rows of a service's contract, from its map alone. */
export function dataHolderHandlers(
  map: DataMap,
  deps: {
    db: Kysely<any>
    clock: Clock
    policies: RetentionRules
  },
): HandlersOf<Contract<string, typeof dataHolder>> {
  // A business may have millions of rows to look through: no statement ends before the caller's patience, nor after it.
  const within = <T>(
    { timeoutMs }: { timeoutMs: number | null },
    tenantId: string,
    work: (trx: Transaction<any>) => Promise<T>,
  ) =>
    asTenant(deps.db, tenantId, async (trx) => {
      if (timeoutMs) await limitStatements(trx, timeoutMs)
      await seeHidden(trx)
      return work(trx)
    })
  return {
    describeData: async () => describe(map),
    locateSubject: ({ subject }, call) =>
      within(call, subject.tenantId, (trx) => locateSubject(trx, map, subject)),
    exportSubject: async ({ subject }, call) => {
      const { policy } = await deps.policies.of(subject.tenantId)
      return within(call, subject.tenantId, (trx) => exportSubject(trx, map, subject, policy))
    },
    hideSubject: ({ subject, requestId }, call) =>
      within(call, subject.tenantId, async (trx) => {
        const burial = {
          tenantId: subject.tenantId,
          subjectIds: subject.visitorIds,
          requestId,
          now: deps.clock.now(),
        }
        return { hidden: await bury(trx, burial) }
      }),
    eraseSubject: async ({ subject, requestId }, call) => {
      const now = deps.clock.now()
      const rules = await deps.policies.of(subject.tenantId)
      const terms = { holds: holdsAt(rules, now), policy: rules.policy }
      return within(call, subject.tenantId, (trx) =>
        reportErasure(trx, map, { subject, requestId, now, ...terms }),
      )
    },
    describeTenant: async ({ tenantId }, call) => {
      const now = deps.clock.now()
      const rules = await deps.policies.of(tenantId)
      const facts = { tenantId, holds: holdsAt(rules, now), now, policy: rules.policy }
      return within(call, tenantId, async (trx) => ({
        erased: [],
        ...(await tenantRemains(trx, map, facts)),
      }))
    },
    eraseTenant: async ({ tenantId, requestId }, call) => {
      const now = deps.clock.now()
      const rules = await deps.policies.of(tenantId)
      const facts = { tenantId, requestId, now, holds: holdsAt(rules, now), policy: rules.policy }
      return eraseTenant(deps.db, map, { ...facts, forMs: (call.timeoutMs ?? turnMs) / 2 })
    },
    searchTenant: async ({ tenantId }, call) => {
      const { policy } = await deps.policies.of(tenantId)
      const sought = { tenantId, now: deps.clock.now(), policy }
      return within(call, tenantId, (trx) => searchTenant(trx, map, sought))
    },
    countExpiring: ({ tenantId, asOf, draft }) =>
      countExpiring(deps.db, map, deps.policies, { tenantId, asOf: new Date(asOf), draft }),
    correctSubject: ({ subject, ...correction }, call) =>
      within(call, subject.tenantId, (trx) => correctSubject(trx, map, subject, correction)),
    restrictSubject: ({ subject, requestId, processing }, call) =>
      within(call, subject.tenantId, async (trx) => {
        const { tenantId, visitorIds, userIds } = subject
        const subjectIds = [...visitorIds, ...userIds]
        const restriction = { tenantId, subjectIds, processing, requestId, now: deps.clock.now() }
        return { restricted: await restrict(trx, restriction) }
      }),
    releaseSubject: ({ tenantId, requestId }, call) =>
      within(call, tenantId, async (trx) => ({ released: await release(trx, requestId) })),
    findTenants: ({ email }) =>
      asLookup(deps.db, email, async (trx) => {
        await seeHidden(trx)
        return findTenants(trx, map, email)
      }),
    searchResidue: ({ subject }, call) =>
      within(call, subject.tenantId, (trx) => searchResidue(trx, map, subject)),
  }
}

const turnMs = 10_000

function describe(map: DataMap): ColumnDescription[] {
  return Object.entries(map.tables).flatMap(([table, { columns }]) =>
    Object.entries(columns).map(([column, declared]) => {
      if (!declared.personal) {
        return {
          table,
          column,
          personal: false,
          category: null,
          role: null,
          onErasure: null,
        }
      }
      return {
        table,
        column,
        personal: true,
        category: declared.category,
        role: getCategory(declared.category).role,
        onErasure:
          typeof declared.onErasure === 'object' ? `kept: ${declared.onErasure.keep}` : declared.onErasure,
      }
    }),
  )
}
