import { contracts } from '@candor/contracts/catalogue'
import { isInternal } from '@candor/contracts/contract'
import type { AnyProcedure } from '@candor/contracts/contract'

/** Every procedure of every contract: a new one is covered by the tests that walk this without being named in them. */
export const everyProcedure: NamedProcedure[] = Object.values(contracts).flatMap((contract) =>
  Object.entries(contract.procedures).map(([name, procedure]) => ({
    service: contract.name,
    name,
    procedure,
  })),
)

export const everyPublicProcedure = everyProcedure.filter(({ procedure }) => !isInternal(procedure))

export interface NamedProcedure {
  service: string
  name: string
  procedure: AnyProcedure
}
