import type { Instruction } from '@candor/contracts/privacy/instructions'
import { notFound } from '@candor/rpc/service-error'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** Answers false where it is there already. */
export async function insertInstruction(
  trx: Transaction<Database>,
  instruction: {
    id: string
    tenantId: string
    does: Instruction['does']
    staffId: string
    items: number
    added: number | null
    now: Date
  },
): Promise<boolean> {
  const { id, tenantId, does, staffId, items, added, now } = instruction
  const row = { id, tenant_id: tenantId, does, staff_id: staffId, items, added, opened_at: now }
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('instructions')
    .values({ ...row, stopped_at: null, jws: null })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) === 1
}

export async function findInstruction(
  trx: Transaction<Database>,
  id: string,
): Promise<InstructionRecord | undefined> {
  const [found] = await select(trx, { id, limit: 1 })
  return found
}

export async function getInstruction(trx: Transaction<Database>, id: string): Promise<InstructionRecord> {
  const found = await findInstruction(trx, id)
  if (!found) throw notFound('instruction')
  return found
}

export function listInstructions(trx: Transaction<Database>, limit: number): Promise<InstructionRecord[]> {
  return select(trx, { limit })
}

export async function setStopped(trx: Transaction<Database>, id: string, now: Date): Promise<void> {
  await trx
    .updateTable('instructions')
    .set({ stopped_at: now })
    .where('id', '=', id)
    .where('stopped_at', 'is', null)
    .execute()
}

/** Keeps the first receipt that was signed. */
export async function setInstructionReceipt(
  trx: Transaction<Database>,
  id: string,
  jws: string,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('instructions')
    .set({ jws })
    .where('id', '=', id)
    .where('jws', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}

/** The requests of an instruction that were carried out. */
export async function listCarriedOut(trx: Transaction<Database>, instructionId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('requests')
    .select('id')
    .where('instruction_id', '=', instructionId)
    .where('state', '=', 'completed')
    .execute()
  return rows.map(({ id }) => id)
}

/** Takes those from the queue of which nothing has been done and that nobody has in hand. */
export async function takeUnbegun(
  trx: Transaction<Database>,
  { tenantId, instructionId, now }: { tenantId: string; instructionId: string; now: Date },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    delete from saga_queue q using requests r
    where q.tenant_id = ${tenantId} and r.tenant_id = q.tenant_id and r.id = q.request_id
      and r.instruction_id = ${instructionId} and (q.lease is null or q.leased_until <= ${now})
      and not exists (select from request_steps s where s.tenant_id = q.tenant_id and s.request_id = q.request_id)
    returning q.request_id as id`.execute(trx)
  return rows.map(({ id }) => id)
}

async function select(
  trx: Transaction<Database>,
  { id, limit }: { id?: string; limit: number },
): Promise<InstructionRecord[]> {
  const { rows } = await sql<Row>`
    select i.*, coalesce(r.done, 0)::int as done, coalesce(r.stopped, 0)::int as stopped,
      coalesce(r.open, 0)::int as open, r.last_ended_at
    from instructions i left join lateral (
      select count(*) filter (where state = 'completed') as done, count(*) filter (where state = 'refused') as stopped,
        count(*) filter (where ended_at is null) as open, max(ended_at) as last_ended_at
      from requests r where r.tenant_id = i.tenant_id and r.instruction_id = i.id) r on true
    where ${id === undefined ? sql`true` : sql`i.id = ${id}`}
    order by i.opened_at desc, i.id desc limit ${limit}`.execute(trx)
  return rows.map(toRecord)
}

function toRecord(row: Row): InstructionRecord {
  const { id, does, items, added, stopped, open } = row
  const endedAt = open > 0 ? null : (row.last_ended_at ?? row.opened_at)
  return {
    id,
    does,
    by: row.staff_id,
    openedAt: row.opened_at.toISOString(),
    items,
    done: does === 'add' ? items : row.done,
    stopped,
    stoppedAt: row.stopped_at?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    added,
    jws: row.jws,
  }
}

export interface InstructionRecord extends Instruction {
  added: number | null
  jws: string | null
}

interface Row {
  id: string
  does: Instruction['does']
  staff_id: string
  items: number
  added: number | null
  opened_at: Date
  stopped_at: Date | null
  jws: string | null
  done: number
  stopped: number
  open: number
  last_ended_at: Date | null
}
