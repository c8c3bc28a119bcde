import type { Instruction } from '@candor/contracts/privacy/instructions'
import { ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import * as store from '../../store/instructions.ts'
import type { Deps } from '../deps.ts'

export async function readInstruction(deps: Deps, tenantId: string, id: string): Promise<Instruction> {
  return describe(await asTenant(deps.db, tenantId, (trx) => store.getInstruction(trx, id)))
}

export async function listInstructions(deps: Deps, tenantId: string, limit: number): Promise<Instruction[]> {
  return (await asTenant(deps.db, tenantId, (trx) => store.listInstructions(trx, limit))).map(describe)
}

/** The instruction that was given under this id before, if any; another one under it is refused. */
export async function findRepeated(
  deps: Deps,
  tenantId: string,
  id: string,
  does: Instruction['does'],
): Promise<Instruction | undefined> {
  const before = await asTenant(deps.db, tenantId, (trx) => store.findInstruction(trx, id))
  if (before && before.does !== does)
    throw new ServiceError('conflict', 'this instructionId belongs to another instruction')
  return before && describe(before)
}

function describe({ added: _added, jws: _jws, ...instruction }: store.InstructionRecord): Instruction {
  return instruction
}
