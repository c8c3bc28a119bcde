import type { CallerOf, InputOf, OutputOf } from '@candor/contracts/contract'
import type { privacy } from '@candor/contracts/privacy'
import type { Instruction } from '@candor/contracts/privacy/instructions'
import { asTenant } from '@candor/runtime/tenancy'
import { insertInstruction } from '../../store/instructions.ts'
import type { Deps } from '../deps.ts'
import { passRefusal } from './pass-refusal.ts'
import { findRepeated, readInstruction } from './read-instructions.ts'

/** Has chat store contacts, and keeps that it was done. Chat knows a repeat by the instruction's id. */
export async function addContacts(
  deps: Deps,
  caller: CallerOf<Rows['addContacts']>,
  { instructionId, contacts }: InputOf<Rows['addContacts']>,
): Promise<Instruction> {
  const { tenantId } = caller
  const repeated = await findRepeated(deps, tenantId, instructionId, 'add')
  if (repeated) return repeated
  const key = instructionId
  const { added, known } = await passRefusal(deps.chat.addContacts.mutate({ tenantId, key, contacts }))
  return note(deps, caller, { instructionId, added, items: added + known })
}

export async function importContacts(
  deps: Deps,
  caller: CallerOf<Rows['importContacts']>,
  { instructionId, csv }: InputOf<Rows['importContacts']>,
): Promise<OutputOf<Rows['importContacts']>> {
  const { tenantId } = caller
  const repeated = await findRepeated(deps, tenantId, instructionId, 'add')
  if (repeated) return { taken: true, instruction: repeated }
  const key = instructionId
  const { added, known, refused } = await deps.chat.importContacts.mutate({ tenantId, key, csv })
  if (refused.length > 0) return { taken: false, refused }
  return {
    taken: true,
    instruction: await note(deps, caller, { instructionId, added, items: added + known }),
  }
}

type Rows = (typeof privacy)['procedures']

async function note(
  deps: Deps,
  { tenantId, userId: staffId }: CallerOf<Rows['addContacts']>,
  { instructionId: id, added, items }: { instructionId: string; added: number; items: number },
): Promise<Instruction> {
  const row = { id, tenantId, does: 'add', staffId, items, added, now: deps.clock.now() } as const
  await asTenant(deps.db, tenantId, (trx) => insertInstruction(trx, row))
  return readInstruction(deps, tenantId, id)
}
