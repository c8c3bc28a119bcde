import type { ServerResponse } from 'node:http'
import type { AnyTRPCRouter } from '@trpc/server'
import type { DoorContext } from './call.ts'
import { callProcedure } from './call-procedure.ts'
import type { Outcome } from './call-procedure.ts'
import type { HttpCalls } from './http-calls.ts'

/** Answers one call, or a batch of them once all are done. */
export async function answerCalls(
  router: AnyTRPCRouter,
  { list, as }: HttpCalls,
  ctx: DoorContext,
  response: ServerResponse,
): Promise<void> {
  const outcomes = await Promise.all(list.map((call) => callProcedure(router, call, ctx)))
  const statuses = new Set(outcomes.map(statusOf))
  // Multi-Status (RFC 4918): each answer of the batch has its own.
  const status = statuses.size === 1 ? statusOf(outcomes[0]!) : 207
  const body = JSON.stringify(as === 'batch' ? outcomes : outcomes[0])
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
}

function statusOf(outcome: Outcome): number {
  return 'error' in outcome ? outcome.error.data.httpStatus : 200
}
