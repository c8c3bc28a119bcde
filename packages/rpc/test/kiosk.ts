import { anyone, staff, visitorOrStaff } from '@candor/contracts/callers'
import { contract, mutation, query, subscription } from '@candor/contracts/contract'
import type { RouterOf } from '@candor/contracts/contract'
import { errorReasons } from '@candor/contracts/errors'
import type { ErrorReason } from '@candor/contracts/errors'
import { Id, printable } from '@candor/contracts/fields'
import type { HandlersOf } from '@candor/rpc/implement'
import { notFound, ServiceError } from '@candor/rpc/service-error'
import { share } from '@candor/rpc/stream-events'
import { currentTrace } from '@candor/runtime/trace'
import { z } from 'zod'

/** Stands in errors and outputs where nobody outside may see it. */
export const canary = 'canary-5f1e'

const purpose = 'none'

/** A contract of every kind of row. It has the name of a service, since that is how NATS lets it be served. */
export const kiosk = contract('chat', {
  getPaper: query({
    summary: 'A newspaper.',
    access: staff,
    purpose,
    input: z.object({ id: Id }),
    output: z.object({ id: Id, title: z.string() }),
    errors: ['not-found'],
  }),
  renamePaper: mutation({
    summary: 'Gives a newspaper another title.',
    access: visitorOrStaff,
    purpose,
    input: z.object({ id: Id, title: printable(1, 20), meta: z.unknown() }),
    output: z.object({ title: z.string() }),
  }),
  fail: query({
    summary: 'Fails as it is told to.',
    access: anyone,
    purpose,
    input: z.object({ how: z.string() }),
    output: z.object({}),
  }),
  answer: query({
    summary: 'Answers whatever it is given, as far as the schema lets it.',
    access: anyone,
    purpose,
    input: z.object({ bytes: z.number().default(0), wrong: z.boolean().default(false) }),
    output: z.object({ text: z.string() }),
  }),
  whoami: query({
    summary: 'Who calls, and in which trace.',
    access: [...anyone, ...visitorOrStaff, 'operator'],
    purpose,
    input: z.object({}),
    output: z.object({ caller: z.string(), traceId: z.string() }),
  }),
  wait: query({
    summary: 'Waits until the call is over.',
    access: anyone,
    purpose,
    input: z.object({}),
    output: z.object({}),
  }),
  ticks: subscription({
    summary: 'Counts up from where the client was.',
    access: visitorOrStaff,
    purpose,
    input: z.object({ to: z.number().int().min(1), lastEventId: z.string().nullish() }),
    output: z.object({ tick: z.number().int() }),
  }),
  getConversationRecord: query({
    summary: 'For one other service only.',
    access: ['transcripts'],
    purpose,
    input: z.object({}),
    output: z.object({ for: z.string() }),
  }),
})
export type KioskRouter = RouterOf<typeof kiosk>

/** What happens inside. `lastWork` is what a call that is over still has to finish. */
export interface KioskEvents {
  aborted: string[]
  lastWork?: Promise<void>
}

export function kioskHandlers(events: KioskEvents): HandlersOf<typeof kiosk> {
  return {
    getPaper: async ({ id }) => {
      if (id.startsWith('0')) throw notFound('paper')
      return { id, title: 'The Daily', owner: canary }
    },
    renamePaper: async ({ title }) => ({ title }),
    fail: async ({ how }) => fail(how),
    answer: async ({ bytes, wrong }) => ({ text: wrong ? (canary.length as never) : 'x'.repeat(bytes) }),
    whoami: async (_input, { caller }) => ({ caller: describe(caller), traceId: currentTrace()!.traceId }),
    wait: async (_input, call) => {
      const signal = call.signal()
      if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve))
      events.aborted.push(String(signal.reason?.name))
      await events.lastWork
      throw signal.reason
    },
    async ticks({ to, lastEventId }, call, send) {
      const signal = call.signal()
      for (let tick = Number(lastEventId ?? 0) + 1; tick <= to; tick++) {
        const data = { tick, secret: canary }
        await send([{ id: String(tick), shared: share(data) }])
      }
      if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve))
      events.aborted.push('ticks')
    },
    getConversationRecord: async (_input, { caller }) => ({ for: caller.service }),
  }
}

function describe(caller: object): string {
  return Object.values(caller).slice(0, 2).join(' ')
}

function fail(how: string): never {
  if (how in errorReasons) {
    const details = how === 'too-many' ? { retryAfterSeconds: 30 } : {}
    throw new ServiceError(how as ErrorReason, `refused: ${how}`, { ...details, cause: new Error(canary) })
  }
  if (how === 'schema') z.object({ [canary]: z.string() }).parse({})
  if (how === 'word') throw canary
  if (how === 'nothing') throw undefined
  throw Object.assign(new Error(`${canary} at ${import.meta.url}`), { code: how, name: how })
}
