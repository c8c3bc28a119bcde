import { createHash } from 'node:crypto'

/**
 * Stands for a person in the audit log. Ids here are random (RFC 9562 version 7), so nobody gets back from the word to
 * the id; who has the id, as the business has its staff's, finds the word.
 */
export function pseudonymOf(id: string): string {
  return createHash('sha256').update(id.toLowerCase()).digest('hex').slice(0, 32)
}
