import { memoryTokenStore, webTokenStore } from '@candor/client/token-store'
import type { TokenStore } from '@candor/client/token-store'
import { emptyState } from './state.ts'
import type { State } from './state.ts'

/**
 * What outlives a page: tokens, the place in the conversation and unsent text, in `sessionStorage` of this tab.
 * Nothing is written before the first click, and nothing here is sent by itself as a cookie would be.
 */
export function createMemory(widgetKey: string): Memory {
  const name = `candor:${widgetKey}`
  const storage = findStorage()
  return {
    tokens: storage ? webTokenStore(storage, `${name}:session`) : memoryTokenStore(),
    recall: () => ({ ...emptyState, ...parse(storage?.getItem(name)) }),
    remember: (state) => {
      try {
        storage?.setItem(name, JSON.stringify(keptOf(state)))
      } catch {
        // A full storage costs the conversation its continuation on the next page, not its present.
      }
    },
  }
}

export interface Memory {
  tokens: TokenStore
  recall(): State
  remember(state: State): void
}

function keptOf(state: State): Partial<State> {
  const { isOpen, business, name, email, draft, conversationId, pending, isRated } = state
  return { isOpen, business, name, email, draft, conversationId, pending, isRated }
}

function parse(text: string | null | undefined): Partial<State> {
  try {
    const kept = JSON.parse(text ?? 'null') as Partial<State> | null
    return kept && Array.isArray(kept.pending) ? keptOf({ ...emptyState, ...kept }) : {}
  } catch {
    return {}
  }
}

/** Reading the property throws where the page is not allowed to store. */
function findStorage(): Storage | null {
  try {
    return sessionStorage
  } catch {
    return null
  }
}
