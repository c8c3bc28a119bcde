import type { Caller, Role } from '@candor/contracts/callers'

/** Sessions of which no token counts any more, or none that names another role than the one now held. */
export function createEndedSessions(): EndedSessions {
  const ended = new Map<string, Ending>()
  const listeners = new Map<string, Set<() => void>>()
  return {
    add(sessionId, ending) {
      const known = ended.get(sessionId)
      if (known && known.at >= ending.at) return
      ended.set(sessionId, ending)
      for (const then of listeners.get(sessionId) ?? []) then()
    },
    forgetBefore(at) {
      for (const [sessionId, ending] of ended) if (ending.at < at) ended.delete(sessionId)
    },
    refuses(caller) {
      if (caller.kind !== 'staff' && caller.kind !== 'visitor') return false
      const ending = ended.get(caller.sessionId)
      if (!ending) return false
      return ending.role === null || caller.kind === 'visitor' || caller.role !== ending.role
    },
    onEnd(caller, then) {
      if (caller.kind !== 'staff' && caller.kind !== 'visitor') return () => {}
      const { sessionId } = caller
      const own = listeners.get(sessionId) ?? new Set()
      listeners.set(sessionId, own.add(then))
      return () => {
        own.delete(then)
        if (own.size === 0) listeners.delete(sessionId)
      }
    },
  }
}

export interface EndedSessions {
  add(sessionId: string, ending: Ending): void
  /** No token that old is still valid. */
  forgetBefore(at: Date): void
  refuses(caller: Caller): boolean
  /** Tells when the caller's session ends or its role changes. Answers how to stop listening. */
  onEnd(caller: Caller, then: () => void): () => void
}

interface Ending {
  at: Date
  /** The role that tokens have to name from then on; null: the session is over. */
  role: Role | null
}
