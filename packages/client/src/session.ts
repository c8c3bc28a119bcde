import type { Tokens } from '@candor/contracts/identity/schemas'
import type { IdentityRouter } from '@candor/contracts/identity'
import { createTRPCClient, httpBatchLink } from '@trpc/client'
import { isRetryable } from './call-error.ts'
import { fetchWithDeadline } from './fetch-with-deadline.ts'
import { announceRotations } from './rotation.ts'
import type { TokenStore } from './token-store.ts'

/**
 * Keeps somebody signed in: holds the token pair in the caller's store and exchanges it shortly before the access
 * token ends. A refresh token works once and using it twice ends the session, so an exchange never runs twice at
 * a time: not in this page, and with Web Locks not in another tab either.
 */
export function createSession(options: SessionOptions): Session {
  const { store } = options
  const identity = createTRPCClient<IdentityRouter>({
    links: [httpBatchLink({ url: `${options.url}/trpc/identity`, fetch: fetchWithDeadline(20_000) })],
  })
  const rotations = announceRotations(store)
  let exchange: Promise<string | null> | null = null
  let isClockTrusted = true

  return {
    isStarted: () => store.read() !== null,
    start: keep,
    end: () => store.write(null),
    getAccessToken,
    renew,
    dispose: rotations.close,
  }

  async function getAccessToken(): Promise<string | null> {
    const held = store.read()
    if (held === null) return null
    const remainingMs = remainingMsOf(held)
    if (!isClockTrusted || remainingMs > earlyMs) return held.accessToken
    try {
      return await renew(held.accessToken)
    } catch (error) {
      if (remainingMs > 0) return held.accessToken
      throw error
    }
  }

  function renew(refusedToken: string): Promise<string | null> {
    exchange ??= withLock(`${store.name}:exchange`, () => exchangeTokens(refusedToken)).finally(() => {
      exchange = null
    })
    return exchange
  }

  async function exchangeTokens(refusedToken: string): Promise<string | null> {
    const held = store.read()
    if (held === null || held.accessToken !== refusedToken) return held?.accessToken ?? null
    try {
      const next = await identity.refreshSession.mutate({ refreshToken: held.refreshToken })
      if (store.read()?.refreshToken !== held.refreshToken) return store.read()?.accessToken ?? null
      keep(next)
      rotations.announce(held.refreshToken, next)
      return next.accessToken
    } catch (error) {
      if (isRetryable(error)) throw error
      if (store.read()?.refreshToken === held.refreshToken) {
        store.write(null)
        options.onEnd?.()
      }
      return null
    }
  }

  function keep(tokens: Tokens): void {
    // A fresh token that looks spent means this device's clock is wrong; then only a refusal tells.
    isClockTrusted = remainingMsOf(tokens) > earlyMs
    store.write({
      accessToken: tokens.accessToken,
      accessExpiresAt: tokens.accessExpiresAt,
      refreshToken: tokens.refreshToken,
    })
  }
}

export interface SessionOptions {
  /** Where Candor is reached, as in `createCandor`. */
  url: string
  store: TokenStore
  /** Called once when the service has ended the session: the person must sign in, or the visitor start, again. */
  onEnd?: () => void
}

export interface Session {
  isStarted(): boolean
  /** Takes the tokens of a sign-in or of a visitor's start. */
  start(tokens: Tokens): void
  /** Forgets the tokens here. `identity.signOut`, called before, ends them at the service too. */
  end(): void
  /** A token that is good for a call now, or null when nobody is signed in. */
  getAccessToken(): Promise<string | null>
  /** The token to use instead of one that was refused, or null when the session has ended. */
  renew(refusedToken: string): Promise<string | null>
  /** Stops listening to other tabs. The tokens stay in the store. */
  dispose(): void
}

const earlyMs = 30_000

/** A tab that had the lock before us has announced its new pair; this lets the announcement arrive first. */
const announcementMs = 50

function remainingMsOf(tokens: Tokens): number {
  return Date.parse(tokens.accessExpiresAt) - Date.now()
}

/** Web Locks exist in secure contexts only; elsewhere a single tab is all that can be promised. */
async function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  const locks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks
  if (locks === undefined) return work()
  return locks.request(name, async () => {
    await new Promise((resolve) => setTimeout(resolve, announcementMs))
    return work()
  })
}
