import { createSession } from '@candor/client/session'
import type { Tokens } from '@candor/contracts/identity/schemas'
import { useSyncExternalStore } from 'react'
import { isUnbriefed } from './is-unbriefed.ts'
import { staffTokenStore } from './staff-token-store.ts'

const listeners = new Set<() => void>()
const store = staffTokenStore(localStorage, 'candor.session', announce)

/** The session of staff in this browser. */
export const session = createSession({ url: '', store, onEnd: announce })

export function beginSession(tokens: Tokens): void {
  session.start(tokens)
  announce()
}

export function endSession(): void {
  session.end()
  announce()
}

/** Whether somebody is signed in here, in this tab or another. */
export function useIsSignedIn(): boolean {
  return useSyncExternalStore(subscribe, session.isStarted)
}

/** Whether the token in use opens no personal data until the privacy briefing is acknowledged. */
export function useIsUnbriefed(): boolean {
  return useSyncExternalStore(subscribe, () => isUnbriefed(store.readAccess()))
}

/**
 * Exchanges the token until it opens personal data again. An acknowledgement reaches identity as an event, mostly
 * within a second; false where it has not after some ten.
 */
export async function renewUntilBriefed(): Promise<boolean> {
  for (const waitMs of [100, 400, 1_000, 2_000, 3_000, 4_000]) {
    await new Promise((resolve) => setTimeout(resolve, waitMs))
    const token = await session.renew(store.readAccess())
    if (token === null || !isUnbriefed(token)) return true
  }
  return false
}

window.addEventListener('storage', (event) => {
  if (event.key !== store.name && event.key !== null) return
  if (!session.isStarted()) store.forgetAccess()
  announce()
})

function announce(): void {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
