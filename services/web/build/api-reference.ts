import { contracts, events } from '@candor/contracts/catalogue'
import type { AnyContract, AnyProcedure } from '@candor/contracts/contract'
import { isInternal } from '@candor/contracts/contract'
import { errorReasons } from '@candor/contracts/errors'
import { purposes } from '@candor/contracts/purposes'
import { typeText } from '@candor/contracts/type-text'
import type { ApiReference, ProcedureReference } from '../src/api-reference/reference.ts'

/**
 * The contracts as data, read while the page is built: read in the browser they would bring zod along, which the page's
 * policy does not let run.
 */
export function describeApi(): ApiReference {
  const all = Object.values(contracts)
  const isShared = (name: string) => all.every((contract) => name in contract.procedures)
  return {
    services: all.map((contract) => ({
      name: contract.name,
      procedures: describeProcedures(contract, (name) => !isShared(name)),
    })),
    shared: describeProcedures(all[0]!, isShared),
    events: events.map(({ subject, listeners, summary }) => ({ subject, listeners, summary })),
    errors: Object.entries(errorReasons).map(([reason, row]) => ({ reason, ...row })),
  }
}

/** What frontends call first, what services call among themselves after it. */
function describeProcedures(contract: AnyContract, isWanted: (name: string) => boolean) {
  return Object.entries(contract.procedures)
    .filter(([name]) => isWanted(name))
    .map(([name, row]) => describeProcedure(name, row))
    .toSorted((a, b) => Number(a.isInternal) - Number(b.isInternal))
}

function describeProcedure(name: string, row: AnyProcedure): ProcedureReference {
  return {
    name,
    kind: row.kind,
    summary: row.summary,
    callers: row.access,
    purpose: purposes[row.purpose],
    input: typeText(row.input, 'input'),
    output: typeText(row.output, 'output'),
    errors: row.errors,
    isInternal: isInternal(row),
  }
}
