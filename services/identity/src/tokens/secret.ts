import { createHash, createHmac, randomBytes } from 'node:crypto'

/** 256 random bits for a link or a refresh token. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of a secret. It is found by this; 256 bits need no slow hash. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

/**
 * The refresh token that follows `token`. It can be worked out again for a client that lost the answer, so it is
 * stored nowhere, and without the key nobody gets from one to the next.
 */
export function successorOf(key: Buffer, token: string): string {
  return createHmac('sha256', key).update(token).digest('base64url')
}
