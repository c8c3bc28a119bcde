import type { ServiceName } from '@candor/contracts/callers'
import type { Holding } from '@candor/contracts/data-holder'
import type { AccessAnswer } from '@candor/contracts/privacy/schemas'

/** The answer as it is read: in each service each category once, with the records of all tables that hold it. */
export function groupHoldings(answer: AccessAnswer): HeldInService[] {
  return answer.services.map(({ service, holdings }) => ({
    service,
    categories: [...Map.groupBy(holdings, ({ category }) => category).values()].map((ofCategory) => ({
      category: ofCategory[0]!,
      tables: ofCategory.map(({ table, records }) => ({ table, records })),
    })),
  }))
}

export function countRecords({ categories }: HeldInService): number {
  return categories.flatMap(({ tables }) => tables).reduce((sum, { records }) => sum + records.length, 0)
}

export interface HeldInService {
  service: ServiceName
  categories: HeldCategory[]
}

export interface HeldCategory {
  category: Holding
  tables: Pick<Holding, 'table' | 'records'>[]
}
