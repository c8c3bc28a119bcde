import type { BillingRouter } from '@candor/contracts/billing'
import type { ChatRouter } from '@candor/contracts/chat'
import type { IdentityRouter } from '@candor/contracts/identity'
import type { PrivacyRouter } from '@candor/contracts/privacy'
import type { TranscriptsRouter } from '@candor/contracts/transcripts'
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, retryLink, splitLink } from '@trpc/client'
import type { TRPCLink } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import { EventSource } from 'eventsource'

/** Stock tRPC clients of the five services, as `token`'s holder or as anyone: what any frontend could write. */
export function clientsOf(url: string, token?: string) {
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {}
  const links = <R extends AnyTRPCRouter>(service: string): TRPCLink<R>[] => {
    const address = `${url}/trpc/${service}`
    return [
      // An EventSource gives up on a proxy's 502 or 503. The stream is opened again after the last event that came.
      retryLink<AnyTRPCRouter>({
        retry: ({ op, error }) => op.type === 'subscription' && error.data?.retryable !== false,
        retryDelayMs: () => 1_000 + 2_000 * Math.random(),
      }),
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: httpSubscriptionLink<AnyTRPCRouter, typeof EventSource>({
          url: address,
          EventSource,
          eventSourceOptions: {
            fetch: (input, init) => fetch(input, { ...init, headers: { ...init.headers, ...headers } }),
          },
        }),
        false: httpBatchLink<AnyTRPCRouter>({ url: address, headers }),
      }),
    ] as TRPCLink<R>[]
  }
  return {
    identity: createTRPCClient<IdentityRouter>({ links: links<IdentityRouter>('identity') }),
    chat: createTRPCClient<ChatRouter>({ links: links<ChatRouter>('chat') }),
    billing: createTRPCClient<BillingRouter>({ links: links<BillingRouter>('billing') }),
    transcripts: createTRPCClient<TranscriptsRouter>({ links: links<TranscriptsRouter>('transcripts') }),
    privacy: createTRPCClient<PrivacyRouter>({ links: links<PrivacyRouter>('privacy') }),
  }
}

export type Clients = ReturnType<typeof clientsOf>
