import type { ColumnDescription, SubjectRef } from '@candor/contracts/data-holder'
import type { dataHolder } from '@candor/contracts/data-holder'
import type { Contract } from '@candor/contracts/contract'
import { purposes } from '@candor/contracts/purposes'
import { bury } from '@candor/events/tombstones'
import { categories } from '@candor/policy/categories'
import type { HandlersOf } from '@candor/rpc/implement'
import type { Clock } from '@candor/runtime/clock'
import { asTenant, seeHidden } from '@candor/runtime/tenancy'
import type { Kysely, Transaction } from 'kysely'
import type { DataMap } from './data-map.ts'
import { exportSubject } from './export-subject.ts'
import { locateSubject } from './locate-subject.ts'
import { reportErasure } from './report-erasure.ts'
import { searchResidue } from './search-residue.ts'

/** The handlers of the `dataHolder` rows of a service's contract, from its map alone. */
export function dataHolderHandlers(
  map: DataMap,
  deps: { db: Kysely<any>; clock: Clock },
): HandlersOf<Contract<string, typeof dataHolder>> {
  const within = <T>(subject: SubjectRef, work: (trx: Transaction<any>) => Promise<T>) =>
    asTenant(deps.db, subject.tenantId, async (trx) => {
      await seeHidden(trx)
      return work(trx)
    })
  return {
    describeData: async () => describe(map),
    locateSubject: ({ subject }) => within(subject, (trx) => locateSubject(trx, map, subject)),
    exportSubject: ({ subject }) => within(subject, (trx) => exportSubject(trx, map, subject)),
    hideSubject: ({ subject, requestId }) =>
      within(subject, async (trx) => {
        const burial = {
          tenantId: subject.tenantId,
          subjectIds: subject.visitorIds,
          requestId,
          now: deps.clock.now(),
        }
        return { hidden: await bury(trx, burial) }
      }),
    eraseSubject: ({ subject, requestId }) =>
      within(subject, (trx) => reportErasure(trx, map, { subject, requestId, now: deps.clock.now() })),
    searchResidue: ({ subject }) => within(subject, (trx) => searchResidue(trx, map, subject)),
  }
}

function describe(map: DataMap): ColumnDescription[] {
  return Object.entries(map.tables).flatMap(([table, { columns }]) =>
    Object.entries(columns).map(([column, declared]) => {
      if (!declared.personal) {
        return {
          table,
          column,
          personal: false,
          category: null,
          purposes: [],
          legalBasis: null,
          role: null,
          onErasure: null,
        }
      }
      const category = categories[declared.category]
      return {
        table,
        column,
        personal: true,
        category: declared.category,
        purposes: category.purposes.map((purpose) => purposes[purpose]),
        legalBasis: category.legalBasis,
        role: category.role,
        onErasure:
          typeof declared.onErasure === 'object' ? `kept: ${declared.onErasure.keep}` : declared.onErasure,
      }
    }),
  )
}
