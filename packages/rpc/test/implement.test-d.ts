import type { Caller } from '@candor/contracts/callers'
import type { HandlersOf } from '@candor/rpc/implement'
import { implement } from '@candor/rpc/implement'
import type { Observe } from '@candor/rpc/observe'
import { expectTypeOf, test } from 'vitest'
import { kiosk } from './kiosk.ts'
import type { KioskRouter } from './kiosk.ts'

declare const handlers: HandlersOf<typeof kiosk>
declare const options: { observe: Observe; stopping: AbortSignal }

test('a contract and its handlers make the router that clients are typed from', () => {
  expectTypeOf(implement(kiosk, handlers, options)).toEqualTypeOf<KioskRouter>()
})

test('a missing handler does not compile', () => {
  const { getPaper: _left, ...rest } = handlers
  // @ts-expect-error getPaper is missing
  implement(kiosk, rest, options)
})

test('a handler that no row asks for does not compile', () => {
  // @ts-expect-error there is no such row
  implement(kiosk, { ...handlers, burnPaper: async () => ({}) } satisfies HandlersOf<typeof kiosk>, options)
})

test('a handler that answers something else than its row says does not compile', () => {
  // @ts-expect-error no title
  implement(kiosk, { ...handlers, getPaper: async ({ id }) => ({ id }) }, options)
})

test('a handler sees its input parsed, and only the callers its row lets in', () => {
  type Call = Parameters<HandlersOf<typeof kiosk>['getPaper']>
  expectTypeOf<Call[0]>().toEqualTypeOf<{ id: string }>()
  expectTypeOf<Call[1]['caller']>().toEqualTypeOf<Extract<Caller, { kind: 'staff' }>>()
})
