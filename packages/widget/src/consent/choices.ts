import type { TokenStore } from '@candor/client/token-store'
import type { Tokens } from '@candor/contracts/identity/schemas'
import type { ConsentPurpose } from '@candor/contracts/policy/categories'

/**
 * What was chosen on this device, kept under one declared name. A refusal keeps the word and no id; with consent the
 * tokens stand beside it by which it is proven and withdrawn.
 */
export function createChoices(): Choices {
  const storage = findStorage()
  let held: Kept | null = read()
  let tokens: Tokens | null = held?.tokens ?? null

  function read(): Kept | null {
    try {
      const kept = JSON.parse(storage?.getItem(name) ?? 'null') as Kept | null
      return kept && Array.isArray(kept.given) ? kept : null
    } catch {
      return null
    }
  }

  function write(kept: Kept | null): void {
    held = kept
    try {
      if (kept === null) storage?.removeItem(name)
      else storage?.setItem(name, JSON.stringify(kept))
    } catch {
      // It holds for this page, and the next one asks again.
    }
  }

  return {
    get: () => (held && Date.parse(held.until) > Date.now() ? held : null),
    save(choice) {
      if (choice === null || choice.given.length === 0) tokens = null
      write(choice && (tokens ? { ...choice, tokens } : choice))
    },
    tokens: {
      name,
      // Another tab may have exchanged them meanwhile.
      read: () => read()?.tokens ?? tokens,
      write(next) {
        tokens = next
        const kept = read()
        if (kept?.tokens && next) write({ ...kept, tokens: next })
      },
    },
  }
}

export interface Choice {
  textVersion: number
  given: ConsentPurpose[]
  /** When it is asked again. */
  until: string
}

export interface Choices {
  get(): Choice | null
  save(choice: Choice | null): void
  tokens: TokenStore
}

interface Kept extends Choice {
  tokens?: Tokens
}

const name = 'candor.consent'

function findStorage(): Storage | null {
  try {
    return localStorage
  } catch {
    return null
  }
}
