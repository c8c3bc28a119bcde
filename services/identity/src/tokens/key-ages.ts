import type { StoredSigningKey } from '../store/signing-keys.ts'

/** Of the keys that verify, newest first: whether another one has to be made. */
export function isRenewalDue(keys: readonly StoredSigningKey[], now: Date): boolean {
  return keys.length === 0 || ageMs(keys[0]!, now) > renewAfterMs
}

/**
 * The newest that every service has had time to learn: they ask for a key they do not know, but not more often than every
 * half a minute. While there is none, the oldest.
 */
export function chooseSigner(keys: readonly StoredSigningKey[], now: Date): StoredSigningKey {
  return keys.find((key) => ageMs(key, now) >= knownAfterMs) ?? keys.at(-1)!
}

/** The ids of those behind another that has signed for so long that no token of theirs is left. */
export function outlived(keys: readonly StoredSigningKey[], now: Date): string[] {
  const signing = keys.findIndex((key) => ageMs(key, now) > knownAfterMs + tokensLiveMs)
  return signing === -1 ? [] : keys.slice(signing + 1).map(({ id }) => id)
}

function ageMs({ createdAt }: StoredSigningKey, now: Date): number {
  return now.getTime() - createdAt.getTime()
}

const dayMs = 24 * 3_600_000
const renewAfterMs = 30 * dayMs
const knownAfterMs = 120_000
/** Longer than any token lives, and than a replica goes on with the key it knows. */
const tokensLiveMs = dayMs
