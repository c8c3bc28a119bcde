import type { Caller } from '@candor/contracts/callers'

/** A signature is checked once a token, not once a call: checking costs as much as all else that a call does. */
export function rememberVerified() {
  const known = new Map<string, Verified>()
  return {
    find(token: string, now: Date): Verified | undefined {
      const found = known.get(token)
      return found && found.until > now.getTime() ? found : undefined
    },
    add(token: string, entry: Verified) {
      if (known.size >= verifiedMax) known.delete(known.keys().next().value!)
      known.set(token, entry)
    },
  }
}

const verifiedMax = 20_000

interface Verified {
  readonly keyId: string
  readonly caller: Caller
  /** Unix time in milliseconds. */
  readonly until: number
}
