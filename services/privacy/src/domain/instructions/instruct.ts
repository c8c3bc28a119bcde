import type { CallerOf, InputOf } from '@candor/contracts/contract'
import type { privacy } from '@candor/contracts/privacy'
import type { Instruction } from '@candor/contracts/privacy/instructions'
import type { Correction } from '@candor/contracts/privacy/request-shapes'
import { notFound } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { ofVisitor } from '../../sealing/identifier.ts'
import { insertInstruction, setStopped, takeUnbegun } from '../../store/instructions.ts'
import { deleteErasure } from '../../store/erasures.ts'
import { insertNote } from '../../store/request-notes.ts'
import type { Deps } from '../deps.ts'
import { finishRequest } from '../requests/finish-request.ts'
import { insertOpening } from '../requests/insert-opening.ts'
import { passRefusal } from './pass-refusal.ts'
import { findRepeated, readInstruction } from './read-instructions.ts'

/** Every contact is erased by a request of its own: it can be watched, stopped before it begins, and shown. */
export async function eraseContacts(
  deps: Deps,
  caller: CallerOf<Rows['eraseContacts']>,
  { instructionId, contactIds }: InputOf<Rows['eraseContacts']>,
): Promise<Instruction> {
  const { tenantId } = caller
  const repeated = await findRepeated(deps, tenantId, instructionId, 'erase')
  if (repeated) return repeated
  const persons = await passRefusal(deps.chat.identifyContacts.query({ tenantId, contactIds }))
  return instruct(deps, caller, { id: instructionId, does: 'erase', items: persons })
}

/** Every field is corrected by a request of its own, in all services that have it. */
export async function correctContacts(
  deps: Deps,
  caller: CallerOf<Rows['correctContacts']>,
  { instructionId, changes }: InputOf<Rows['correctContacts']>,
): Promise<Instruction> {
  const { tenantId } = caller
  const repeated = await findRepeated(deps, tenantId, instructionId, 'correct')
  if (repeated) return repeated
  const checked = await passRefusal(deps.chat.checkContactChanges.query({ tenantId, changes }))
  const items = checked.map(({ visitorId, field, from, to }) => ({
    visitorId,
    correction: { field, from, to },
  }))
  return instruct(deps, caller, { id: instructionId, does: 'correct', items })
}

/** Ends what has not begun. What is under way goes on, and what is done stays done. */
export async function stopInstruction(
  deps: Deps,
  { tenantId, userId: staffId }: CallerOf<Rows['stopInstruction']>,
  instructionId: string,
): Promise<Instruction> {
  await readInstruction(deps, tenantId, instructionId)
  const now = deps.clock.now()
  await asTenant(deps.db, tenantId, async (trx) => {
    const unbegun = await takeUnbegun(trx, { tenantId, instructionId, now })
    for (const requestId of unbegun) {
      await deleteErasure(trx, requestId)
      await finishRequest(trx, requestId, 'refused', now)
      const what = 'Stopped by staff before it began'
      await insertNote(trx, { id: deps.newId(), requestId, tenantId, at: now, what, note: null, staffId })
    }
    if (unbegun.length > 0) await setStopped(trx, instructionId, now)
  })
  return readInstruction(deps, tenantId, instructionId)
}

type Rows = (typeof privacy)['procedures']

async function instruct(
  deps: Deps,
  { tenantId, userId: staffId }: CallerOf<Rows['eraseContacts']>,
  { id, does, items }: { id: string; does: 'erase' | 'correct'; items: readonly Item[] },
): Promise<Instruction> {
  const business = await deps.identity.findBusiness.query({ tenantId })
  if (!business) throw notFound('business')
  const rules = await deps.rulesOf(tenantId)
  const now = deps.clock.now()
  await asTenant(deps.db, tenantId, async (trx) => {
    const row = { id, tenantId, does, staffId, items: items.length, added: null, now }
    if (!(await insertInstruction(trx, row))) return
    for (const { visitorId, correction } of items)
      await insertOpening(trx, deps, {
        id: deps.newId(),
        business,
        kind: does === 'erase' ? 'erasure' : 'correction',
        source: 'staff',
        isDirect: false,
        identifier: ofVisitor(visitorId),
        proofHow: null,
        details: correction && { correction },
        rules,
        instructionId: id,
        now,
      })
  })
  deps.alarm.ring()
  return readInstruction(deps, tenantId, id)
}

interface Item {
  visitorId: string
  correction?: Correction
}
