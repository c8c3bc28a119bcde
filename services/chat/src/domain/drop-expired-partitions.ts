import { countDisposals } from '@candor/personal-data/disposals'
import { goes } from '@candor/personal-data/past-limit'
import { holdSweep } from '@candor/personal-data/sweep'
import { passOnClocks } from '@candor/personal-data/sweep-batch'
import { seeErased } from '@candor/personal-data/sweep-access'
import { groupTenants } from '@candor/personal-data/sweep-work'
import type { TenantGroup } from '@candor/personal-data/sweep-work'
import { postgresTrouble } from '@candor/runtime/postgres'
import { asTenant, limitStatements } from '@candor/runtime/tenancy'
import { chatData } from '../personal-data.ts'
import {
  deleteConversations,
  dropPartition,
  emptyPartition,
  estimateMessages,
  goingFrom,
  hasOthers,
  listPartitions,
} from '../store/partitions.ts'
import type { MessagePartition } from '../store/partitions.ts'
import { sql } from 'kysely'
import type { Deps } from './deps.ts'

/**
 * Takes months of messages of which every conversation, of every tenant, is past its limit: the conversations row by
 * row, their messages as one file, in one transaction. Where a lock does not come at once the sweep's batches take the
 * rows, and the next turn takes what is left.
 */
export async function dropExpiredPartitions(
  deps: Pick<Deps, 'db' | 'clock' | 'policies' | 'log'>,
  onTouched: (touched: ReadonlyMap<string, number>) => void,
  signal: AbortSignal,
): Promise<void> {
  const now = deps.clock.now()
  const partitions = (await listPartitions(deps.db)).filter(
    ({ until }) => until.getTime() + dayMs <= now.getTime(),
  )
  if (partitions.length === 0) return
  const groups = await groupTenants(deps.db, chatData, deps.policies, 'conversations', now)
  for (const partition of partitions) {
    if (signal.aborted) return
    try {
      if (await isMixed(deps, partition, groups)) continue
      const touched = await takeConversations(deps, partition, groups)
      if (touched) onTouched(touched)
      await dropPartition(deps.db, partition)
    } catch (err) {
      if (postgresTrouble(err) !== 'busy') throw err
      deps.log.info({ from: partition.from }, 'a month of messages is in use; its rows go one by one')
    }
  }
}

async function isMixed(
  { db }: Pick<Deps, 'db'>,
  partition: MessagePartition,
  groups: readonly TenantGroup[],
): Promise<boolean> {
  for (const { tenantIds, terms } of groups) {
    const going = goes(chatData, 'conversations', terms) ?? nothing
    const mixed = await asTenant(db, tenantIds, async (trx) => {
      await seeErased(trx)
      return hasOthers(trx, partition, tenantIds, going)
    })
    if (mixed) return true
  }
  return false
}

/** undefined: somebody else is sweeping, or a conversation was left after all, and nothing was done. */
async function takeConversations(
  { db }: Pick<Deps, 'db'>,
  partition: MessagePartition,
  groups: readonly TenantGroup[],
): Promise<Map<string, number> | undefined> {
  const messages = await estimateMessages(db, partition)
  const all = groups.flatMap(({ tenantIds }) => tenantIds)
  try {
    return await asTenant(db, all, async (trx) => {
      if (!(await holdSweep(trx, 'conversations'))) return undefined
      await limitStatements(trx, statementMs)
      await seeErased(trx)
      let conversations = 0
      for (const { tenantIds, terms, versions } of groups) {
        const going = goes(chatData, 'conversations', terms)
        if (!going) continue
        const found = goingFrom(partition, tenantIds, going)
        await passOnClocks(trx, chatData, { table: 'conversations', terms }, found)
        const gone = await deleteConversations(trx, found)
        await countDisposals(trx, chatData, { ...whole, terms, versions }, gone)
        for (const count of gone.values()) conversations += count
      }
      if (!(await emptyPartition(trx, partition))) throw new SomethingLeft()
      return new Map(
        conversations > 0
          ? [
              ['conversations', conversations],
              ['messages', messages],
            ]
          : [],
      )
    })
  } catch (err) {
    if (err instanceof SomethingLeft) return undefined
    throw err
  }
}

/** Undoes a transaction that was begun in vain. */
class SomethingLeft extends Error {
  override readonly name = 'SomethingLeft'
}

const whole = { table: 'conversations', category: undefined } as const
const nothing = sql<boolean>`false`
/** After which no replica, however slow its clock, begins a conversation in the month. */
const dayMs = 86_400_000
/** A month of conversations is one statement. */
const statementMs = 60_000
