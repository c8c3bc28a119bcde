import { createHmac } from 'node:crypto'
import { ServiceError } from '@candor/rpc/service-error'
import type { Base } from '@candor/service/connect'
import type { Transaction } from 'kysely'
import {
  deleteExpiredGuesses,
  deleteGuesses,
  lockGuesses,
  saveGuesses,
  takeBackGuess,
} from '../store/guesses.ts'
import type { Guesses } from '../store/guesses.ts'
import type { Database } from '../store/tables.ts'
import { countAttempt, longAgo } from './limits.ts'
import type { Limit } from './limits.ts'

/**
 * Counts attempts in the database, so that replicas and restarts change nothing. An attempt counts before it is
 * made: a hundred at once are a hundred, not one.
 */
export function createThrottle(
  { db, clock }: Pick<Base<Database>, 'db' | 'clock'>,
  hashKey: Buffer,
): Throttle {
  const keyOf = ({ what, who }: Attempt) =>
    createHmac('sha256', hashKey).update(`${what}\n${who}`).digest('base64url')

  return {
    async take(attempts) {
      const keyed = attempts.map((attempt) => ({ key: keyOf(attempt), limit: attempt.limit }))
      const waitMs = await db.transaction().execute((trx) => count(trx, keyed, clock.now()))
      if (waitMs > 0) throw tooMany(Math.ceil(waitMs / 1000))
    },
    async takeBack(attempts) {
      for (const attempt of attempts) await takeBackGuess(db, keyOf(attempt), longAgo)
    },
    forget: async (attempt) => deleteGuesses(db, keyOf(attempt)),
  }
}

/** Answers how long to wait; where it is not at once, nothing was counted. */
async function count(
  trx: Transaction<Database>,
  attempts: { key: string; limit: Limit }[],
  now: Date,
): Promise<number> {
  const counted: { key: string; after: Guesses }[] = []
  // Always in the same order, so that no two wait for each other.
  for (const { key, limit } of attempts.toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
    const before = await lockGuesses(trx, key, longAgo)
    const waitMs = before.blockedUntil.getTime() - now.getTime()
    if (waitMs > 0) return waitMs
    counted.push({ key, after: countAttempt(limit, before, now) })
  }
  for (const { key, after } of counted) await saveGuesses(trx, key, after)
  await deleteExpiredGuesses(trx, now)
  return 0
}

function tooMany(retryAfterSeconds: number): ServiceError {
  return new ServiceError('too-many', `too many attempts; try again in ${retryAfterSeconds} s`, {
    retryAfterSeconds,
  })
}

export interface Throttle {
  /** Counts the attempts, or throws `too-many` and counts none where one of them has to wait. */
  take(attempts: Attempt[]): Promise<void>
  /** Attempts that turned out harmless do not count. */
  takeBack(attempts: Attempt[]): Promise<void>
  /** Starts from nothing again. */
  forget(attempt: Attempt): Promise<void>
}

export interface Attempt {
  /** What is counted, as `password of an e-mail address`. */
  what: string
  /** Whose. It is stored as a keyed hash. */
  who: string
  limit: Limit
}
