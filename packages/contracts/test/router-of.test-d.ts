import type { ChatRouter } from '@candor/contracts/chat'
import type { Guarded, Message } from '@candor/contracts/chat/schemas'
import { anyone, staff } from '@candor/contracts/callers'
import { contract, mutation, query, subscription } from '@candor/contracts/contract'
import type { CallerOf, RouterOf } from '@candor/contracts/contract'
import type { ErrorReason } from '@candor/contracts/errors'
import { createTRPCClient } from '@trpc/client'
import type { TRPCClientError } from '@trpc/client'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { expectTypeOf, test } from 'vitest'
import { z } from 'zod'

const purpose = 'none'
const shop = contract('shop', {
  findShoe: query({
    summary: 'One shoe.',
    access: anyone,
    purpose,
    input: z.object({ size: z.number(), color: z.string().default('black') }),
    output: z.object({ price: z.number() }).nullable(),
  }),
  listShoes: query({
    summary: 'All shoes.',
    access: anyone,
    purpose,
    input: z.object({ limit: z.number().optional() }),
    output: z.array(z.string()),
  }),
  orderShoe: mutation({
    summary: 'Orders a shoe.',
    access: staff,
    purpose,
    input: z.object({ shoeId: z.string() }),
    output: z.object({ orderId: z.string() }),
  }),
  prices: subscription({
    summary: 'Prices as they change.',
    access: anyone,
    purpose,
    input: z.object({ shoeId: z.string(), lastEventId: z.string().nullish() }),
    output: z.object({ price: z.number() }),
  }),
})
type ShopRouter = RouterOf<typeof shop>
const client = createTRPCClient<ShopRouter>({ links: [] })

test('a stock client knows what a query takes and what it answers', () => {
  expectTypeOf(client.findShoe.query)
    .parameter(0)
    .toEqualTypeOf<{ size: number; color?: string | undefined }>()
  expectTypeOf(client.findShoe.query({ size: 42 })).resolves.toEqualTypeOf<{ price: number } | null>()
})

test('a stock client knows what a mutation takes and what it answers', () => {
  expectTypeOf(client.orderShoe.mutate).parameter(0).toEqualTypeOf<{ shoeId: string }>()
  expectTypeOf(client.orderShoe.mutate({ shoeId: '1' })).resolves.toEqualTypeOf<{ orderId: string }>()
})

test('a stock client knows the data of a subscription and the id to resume from', () => {
  client.prices.subscribe(
    { shoeId: '1' },
    { onData: (event) => expectTypeOf(event).toEqualTypeOf<{ id: string; data: { price: number } }>() },
  )
})

test('a procedure whose input has no required field may be called without one, and no other', () => {
  expectTypeOf(client.listShoes.query()).resolves.toEqualTypeOf<string[]>()
  // @ts-expect-error size is required
  void client.findShoe.query()
})

test('input of the wrong type, with a missing field or an unknown one does not compile', () => {
  // @ts-expect-error not a number
  void client.findShoe.query({ size: '42' })
  // @ts-expect-error no shoeId
  void client.orderShoe.mutate({})
  // @ts-expect-error no such field
  void client.orderShoe.mutate({ shoeId: '1', colour: 'red' })
  // @ts-expect-error no shoeId
  client.prices.subscribe({}, {})
})

test('a procedure is called as what it is, and one that is not there does not compile', () => {
  // @ts-expect-error a mutation
  void client.orderShoe.query
  // @ts-expect-error a query
  void client.findShoe.mutate
  // @ts-expect-error a subscription
  void client.prices.query
  // @ts-expect-error not in the contract
  void client.stealShoe
})

test("an error's reason is one of the closed table, with the fields it refuses", () => {
  type Data = NonNullable<TRPCClientError<ShopRouter>['data']>
  expectTypeOf<Data['reason']>().toEqualTypeOf<ErrorReason>()
  expectTypeOf<Data['retryable']>().toEqualTypeOf<boolean>()
  expectTypeOf<Data['fields']>().toEqualTypeOf<{ path: string; message: string }[] | undefined>()
})

test("tRPC's own inference reads the same types from the router", () => {
  expectTypeOf<inferRouterInputs<ShopRouter>['orderShoe']>().toEqualTypeOf<{ shoeId: string }>()
  expectTypeOf<inferRouterOutputs<ShopRouter>['listShoes']>().toEqualTypeOf<string[]>()
})

test('a handler meets only the callers that access lets through', () => {
  type Order = CallerOf<(typeof shop)['procedures']['orderShoe']>
  expectTypeOf<Order['kind']>().toEqualTypeOf<'staff'>()
})

test("the product's contracts infer as deep as a client reads them", () => {
  const chat = createTRPCClient<ChatRouter>({ links: [] })
  expectTypeOf(chat.postMessage.mutate).returns.resolves.toExtend<Message & { masked: Guarded[] }>()
  chat.live.subscribe(
    {},
    {
      onData: ({ data }) => {
        if (data.type === 'message') expectTypeOf(data.message).toEqualTypeOf<Message>()
      },
    },
  )
})
