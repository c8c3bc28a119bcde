import type { AnyTRPCRouter } from '@trpc/server'
import type { DoorContext } from './call.ts'
import { callProcedure, shapeOf } from './call-procedure.ts'
import type { Outcome } from './call-procedure.ts'
import type { RouterCall } from './router-call.ts'
import { ServiceError } from './service-error.ts'

/**
 * Carries out calls of one batch and encodes what each said. Once they said more than is held for a caller who may never
 * read it, the other queries are refused; a mutation has happened, and is told.
 */
export function answerTogether<T extends { text: string }>(
  router: AnyTRPCRouter,
  ctx: DoorContext,
  encode: (outcome: Outcome, place: number) => T,
): (call: RouterCall, place: number) => Promise<T> {
  let length = 0
  return async (call, place) => {
    let outcome = await callProcedure(router, call, ctx)
    if (length > lengthMax && call.kind === 'query')
      outcome = { error: shapeOf(router, call, ctx, tooLarge()) }
    const encoded = encode(outcome, place)
    length += encoded.text.length
    return encoded
  }
}

const lengthMax = 4 * 1024 * 1024

function tooLarge(): ServiceError {
  return new ServiceError('too-large', 'the answers are too large together; ask for fewer at once')
}
