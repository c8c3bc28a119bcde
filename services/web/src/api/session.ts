import { createSession } from '@candor/client/session'
import type { Tokens } from '@candor/contracts/identity/schemas'
import { useSyncExternalStore } from 'react'
import { staffTokenStore } from './staff-token-store.ts'

const store = staffTokenStore(localStorage, 'candor.session')
const listeners = new Set<() => void>()

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
