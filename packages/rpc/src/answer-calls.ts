import type { ServerResponse } from 'node:http'
import type { AnyTRPCRouter } from '@trpc/server'
import { writeHead } from './any-origin.ts'
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
  if (as === 'one') {
    const outcome = await callProcedure(router, list[0]!, ctx)
    return answer(response, statusOf(outcome), outcome)
  }
  const outcomes = await Promise.all(list.map((call) => callProcedure(router, call, ctx)))
  const [status, ...others] = new Set(outcomes.map(statusOf))
  // Multi-Status (RFC 4918): each answer of the batch has its own.
  answer(response, others.length === 0 ? status! : 207, outcomes)
}

function answer(response: ServerResponse, status: number, said: Outcome | Outcome[]): void {
  const body = JSON.stringify(said)
  writeHead(response, status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
}

function statusOf(outcome: Outcome): number {
  return 'error' in outcome ? outcome.error.data.httpStatus : 200
}
