import type { BillingRouter } from '@candor/contracts/billing'
import type { ServiceName } from '@candor/contracts/callers'
import type { ChatRouter } from '@candor/contracts/chat'
import type { IdentityRouter } from '@candor/contracts/identity'
import type { PrivacyRouter } from '@candor/contracts/privacy'
import type { TranscriptsRouter } from '@candor/contracts/transcripts'
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client'
import type { Operation, TRPCClient, TRPCLink } from '@trpc/client'
import type { AnyRouter } from '@trpc/server'
import { EventSource } from 'eventsource'
import { fetchWithDeadline } from './fetch-with-deadline.ts'
import { liveFetch } from './live-fetch.ts'
import { authorize, sessionLink } from './session-link.ts'
import type { Session } from './session.ts'

/**
 * One typed client for the five services. Calls made together travel as one request; `live` streams over
 * Server-Sent Events. The access token travels in a header only, never in an address.
 */
export function createCandor(options: CandorOptions): Candor {
  return {
    identity: createTRPCClient<IdentityRouter>({ links: linksTo('identity', options) }),
    chat: createTRPCClient<ChatRouter>({ links: linksTo('chat', options) }),
    billing: createTRPCClient<BillingRouter>({ links: linksTo('billing', options) }),
    transcripts: createTRPCClient<TranscriptsRouter>({ links: linksTo('transcripts', options) }),
    privacy: createTRPCClient<PrivacyRouter>({ links: linksTo('privacy', options) }),
  }
}

export interface CandorOptions {
  /** Where Candor is reached, without a path: `https://chat.example`. Empty for the page's own origin. */
  url: string
  /** Whose calls these are; without it the caller is anyone. */
  session?: Session
  /** A call unanswered for so long fails; it may be repeated. Default 20 s. */
  callTimeoutMs?: number
  /** A live stream silent for so long counts as dead; the server speaks every 10 s. Default 25 s. */
  silenceMs?: number
}

export interface Candor {
  identity: TRPCClient<IdentityRouter>
  chat: TRPCClient<ChatRouter>
  billing: TRPCClient<BillingRouter>
  transcripts: TRPCClient<TranscriptsRouter>
  privacy: TRPCClient<PrivacyRouter>
}

function linksTo<R extends AnyRouter>(service: ServiceName, options: CandorOptions): TRPCLink<R>[] {
  const { session } = options
  const url = `${options.url}/trpc/${service}`
  const calls = httpBatchLink<AnyRouter>({
    url,
    // The longest receipt fits, and what proxies commonly take is not passed.
    maxURLLength: 8000,
    maxItems: 50,
    fetch: fetchWithDeadline(options.callTimeoutMs ?? 20_000),
    headers: async ({ opList }) => Object.fromEntries(await authorize(session, opList)),
  })
  const live = httpSubscriptionLink<AnyRouter, typeof EventSource>({
    url,
    EventSource,
    eventSourceOptions: ({ op }) => ({
      fetch: liveFetch(options.silenceMs ?? 25_000, () => authorize(session, [op])),
    }),
  })
  const transport = splitLink({ condition: isSubscription, true: live, false: calls })
  return (session ? [sessionLink(session), transport] : [transport]) as TRPCLink<R>[]
}

function isSubscription(op: Operation): boolean {
  return op.type === 'subscription'
}
