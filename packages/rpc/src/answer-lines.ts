import type { ServerResponse } from 'node:http'
import type { AnyTRPCRouter } from '@trpc/server'
import { writeHead } from './any-origin.ts'
import type { DoorContext } from './call.ts'
import { answerTogether } from './answer-together.ts'
import type { Outcome } from './call-procedure.ts'
import type { RouterCall } from './router-call.ts'

/**
 * Answers each call of a batch as soon as it is done, as tRPC's clients read it: a first line promises a value for each
 * place, and each later line `[n, 0, value]` keeps promise `n`, which may promise more.
 */
export async function answerLines(
  router: AnyTRPCRouter,
  calls: readonly RouterCall[],
  ctx: DoorContext,
  response: ServerResponse,
): Promise<void> {
  writeHead(response, 200, { 'content-type': 'application/json' })
  const promised = calls.map((_, place) => [String(place), [[0], [null, 0, place]]])
  response.write(line(Object.fromEntries(promised)))
  let next = calls.length
  const encode = (outcome: Outcome, place: number) => {
    if ('error' in outcome) return { text: line([place, 0, [[outcome]]]) }
    const [result, data] = [next++, next++]
    const text =
      line([place, 0, [[{ result: 0 }], ['result', 0, result]]]) +
      line([result, 0, [[{ data: 0 }], ['data', 0, data]]]) +
      line([data, 0, outcome.result.data === undefined ? [[]] : [[outcome.result.data]]])
    return { text }
  }
  const answer = answerTogether(router, ctx, encode)
  await Promise.all(calls.map(async (call, place) => response.write((await answer(call, place)).text)))
  response.end()
}

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`
}
