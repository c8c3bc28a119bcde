import type { AnyProcedure } from '@candor/contracts/contract'
import { runInTrace } from '@candor/runtime/trace'
import { admit, checkOpen, checkPurpose, stillValid } from './admit.ts'
import type { AllowsPurpose } from './admit.ts'
import type { Call, DoorContext } from './call.ts'
import type { CountStreams } from './count-streams.ts'
import type { Caller } from '@candor/contracts/callers'
import type { EndedSessions } from './ended-sessions.ts'
import { explainError } from './explain-error.ts'
import type { Observe } from './observe.ts'
import { readInput } from './read-input.ts'
import { createStreams } from './stream-events.ts'
import type { Leaving } from './stream-events.ts'
import { watchedCaller } from './watch.ts'
import type { Watch } from './watch.ts'

/** One call as tRPC hands it to a resolver, and our doors too. */
export interface TrpcCall {
  readonly ctx: DoorContext
  readonly path: string
  readonly getRawInput: () => Promise<unknown>
  readonly signal: AbortSignal | undefined
}

export type Perform = (call: TrpcCall) => Promise<unknown>

export interface PerformOptions {
  observe: Observe
  watch?: Watch
  /** Whether the notice in force lets personal data be read for this. */
  allowsPurpose?: AllowsPurpose
  /** Whose tokens count no more, though they have not expired. */
  sessions?: EndedSessions
  /** Whether a business has closed its account: nobody of it is let in. */
  isClosed?: (tenantId: string) => Promise<boolean>
  countStreams?: CountStreams
  stopping: AbortSignal
  /** Tells streams to connect elsewhere before it stops. */
  leaving?: Leaving
}

/**
 * Carries out a procedure: who may call, for which purpose, the input, the handler and its output are checked in this
 * order, for every procedure alike; the outcome is counted, and told to whoever watches. Answers a `Stream` where it is
 * a subscription. Throws a `ServiceError`.
 */
export function createPerform(
  service: string,
  row: AnyProcedure,
  handler: any,
  options: PerformOptions,
): Perform {
  const openStream = row.kind === 'subscription' ? createStreams(options) : undefined

  async function handle(call: TrpcCall): Promise<unknown> {
    const { ctx } = call
    const caller = admit(row, stillValid(ctx.authentication, options.sessions))
    await checkOpen(caller, options.isClosed)
    await checkPurpose(row, caller, ctx.purpose, options.allowsPurpose)
    const input = readInput(row, await call.getRawInput())
    const described = describeCall(call, caller, options.stopping)
    if (openStream) return openStream(row, handler, input, described, call)
    return row.output.parse(await handler(input, described))
  }

  async function tellWatch(call: TrpcCall, outcome: Parameters<Watch>[1], output: unknown): Promise<void> {
    if (!options.watch) return
    const { remoteAddress, device, authentication } = call.ctx
    const caller = watchedCaller(row, authentication)
    const input = await call.getRawInput().catch(() => undefined)
    const seen = { service, procedure: call.path, row, caller, input, output, remoteAddress, device }
    await options.watch(seen, outcome)
  }

  async function settle(call: TrpcCall): Promise<unknown> {
    let answer: unknown
    try {
      answer = await handle(call)
    } catch (thrown) {
      const error = explainError(thrown)
      await tellWatch(call, error.reason, undefined)
      throw error
    }
    await tellWatch(call, 'ok', answer)
    return answer
  }

  return (call) => {
    const observed = { procedure: call.path, kind: row.kind, door: call.ctx.door }
    return runInTrace(call.ctx.trace, () => options.observe(observed, () => settle(call)))
  }
}

function describeCall({ ctx, signal }: TrpcCall, caller: Caller, stopping: AbortSignal): Call {
  let joined: AbortSignal | undefined
  return {
    caller,
    remoteAddress: ctx.remoteAddress,
    timeoutMs: ctx.timeoutMs,
    signals: ctx.signals,
    signal() {
      const gone = ctx.gone?.() ?? signal
      return (joined ??= AbortSignal.any(gone ? [stopping, gone] : [stopping]))
    },
  }
}
