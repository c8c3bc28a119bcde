import type { ServiceName } from '@candor/contracts/callers'
import type { ColumnDescription } from '@candor/contracts/data-holder'
import type { Clock } from '@candor/runtime/clock'
import { ask } from './holders.ts'
import type { Holder } from './holders.ts'

/** What each service declares it stores. */
export type ReadDeclarations = () => Promise<Declaration[]>

export interface Declaration {
  service: ServiceName
  columns: ColumnDescription[]
}

/**
 * Asks the services at most once a minute. One that is away counts with its last answer, for what it stores does not
 * change by its absence; before its first answer there is none to give.
 */
export function createDeclarations(holders: readonly Holder[], clock: Clock): ReadDeclarations {
  const last = new Map<ServiceName, Declaration>()
  let reading: Promise<Declaration[]> | undefined
  let readAt = -Infinity

  async function readOne(holder: Holder): Promise<Declaration> {
    try {
      const columns = await ask(holder, (client) => client.describeData.query({}))
      const declaration = { service: holder.service, columns }
      last.set(holder.service, declaration)
      return declaration
    } catch (err) {
      const known = last.get(holder.service)
      if (!known) throw err
      return known
    }
  }

  return () => {
    const now = clock.now().getTime()
    if (!reading || now - readAt >= freshMs) {
      readAt = now
      reading = Promise.all(holders.map(readOne))
      reading.catch(() => (reading = undefined))
    }
    return reading
  }
}

const freshMs = 60_000
