import type { ServerResponse } from 'node:http'
import type { AnyTRPCRouter } from '@trpc/server'
import { writeHead } from './any-origin.ts'
import type { DoorContext } from './call.ts'
import { answerTogether } from './answer-together.ts'
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
    return answer(response, statusOf(outcome), JSON.stringify(outcome))
  }
  const answers = await Promise.all(list.map(answerTogether(router, ctx, encode)))
  const [status, ...others] = new Set(answers.map((one) => one.status))
  const body = `[${answers.map(({ text }) => text).join(',')}]`
  // Multi-Status (RFC 4918): each answer of the batch has its own.
  answer(response, others.length === 0 ? status! : 207, body)
}

function encode(outcome: Outcome) {
  return { text: JSON.stringify(outcome), status: statusOf(outcome) }
}

function answer(response: ServerResponse, status: number, body: string): void {
  writeHead(response, status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
}

function statusOf(outcome: Outcome): number {
  return 'error' in outcome ? outcome.error.data.httpStatus : 200
}
