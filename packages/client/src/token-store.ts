import type { Tokens } from '@candor/contracts/identity/schemas'

/** Where a session keeps its tokens. */
export interface TokenStore {
  /** Tabs whose stores have one name never exchange tokens at the same time. */
  readonly name: string
  read(): Tokens | null
  write(tokens: Tokens | null): void
}

/** Tokens that end with the process or page. */
export function memoryTokenStore(name = `candor:${Math.random()}`): TokenStore {
  let held: Tokens | null = null
  return {
    name,
    read: () => held,
    write: (tokens) => {
      held = tokens
    },
  }
}

/** Tokens under `name` in `localStorage` (all tabs, until signed out) or `sessionStorage` (one tab). */
export function webTokenStore(storage: Storage, name: string): TokenStore {
  return {
    name,
    read: () => parseTokens(storage.getItem(name)),
    write: (tokens) => {
      if (tokens === null) storage.removeItem(name)
      else storage.setItem(name, JSON.stringify(tokens))
    },
  }
}

/** What other scripts or older versions left under our name counts as nothing. */
function parseTokens(text: string | null): Tokens | null {
  try {
    const value = JSON.parse(text ?? 'null') as Partial<Tokens> | null
    const isComplete = value?.accessToken && value.accessExpiresAt && value.refreshToken
    return isComplete ? (value as Tokens) : null
  } catch {
    return null
  }
}
