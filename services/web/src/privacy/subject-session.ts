import type { Session } from '@candor/client/session'
import type { Tokens } from '@candor/contracts/identity/schemas'

/**
 * Holds the token that a mailed link was exchanged for. It lives in `storage` of this tab and not in memory alone: an
 * erasure deletes the address, so after a reload no further link could open the receipt again. It cannot be renewed;
 * once a service refuses it, it is gone.
 */
export function createSubjectSession(storage: TabStorage, name: string): SubjectSession {
  const listeners = new Set<() => void>()
  function end() {
    storage.removeItem(name)
    for (const listener of listeners) listener()
  }
  return {
    isStarted: () => storage.getItem(name) !== null,
    start({ accessToken }) {
      storage.setItem(name, accessToken)
      for (const listener of listeners) listener()
    },
    end,
    getAccessToken: async () => storage.getItem(name),
    async renew(refusedToken) {
      const held = storage.getItem(name)
      if (held !== refusedToken) return held
      end()
      return null
    },
    dispose: () => listeners.clear(),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export interface SubjectSession extends Omit<Session, 'start'> {
  start(token: Pick<Tokens, 'accessToken'>): void
  /** Called whenever it has started or ended. */
  subscribe(listener: () => void): () => void
}

type TabStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
