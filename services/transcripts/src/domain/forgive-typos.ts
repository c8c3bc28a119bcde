import type { Transaction } from 'kysely'
import { listKnown } from '../store/search.ts'
import type { Clause } from '../store/search.ts'
import type { Database } from '../store/tables.ts'
import { likelySlips } from './likely-slips.ts'
import { bareWord } from './snippet.ts'

/**
 * The same clauses with, beside each word, those of the archive that are a likely slip away. Phrases, exclusions, numbers
 * and words of less than four letters mean what they say. undefined: there are none.
 */
export async function forgiveTypos(
  trx: Transaction<Database>,
  tenantId: string,
  clauses: readonly Clause[],
): Promise<{ clauses: Clause[]; similar: string[] } | undefined> {
  const similar: string[] = []
  const forgiving: Clause[] = []
  for (const clause of clauses) {
    const anyOf = [...clause.anyOf]
    for (const { text, quoted } of clause.excluded ? [] : clause.anyOf) {
      const word = bareWord(text)
      if (quoted || !isForgiven.test(word)) continue
      for (const known of await listKnown(trx, tenantId, likelySlips(word))) {
        similar.push(known)
        anyOf.push({ text: known, unfinished: false, quoted: true })
      }
    }
    forgiving.push({ ...clause, anyOf })
  }
  return similar.length === 0 ? undefined : { clauses: forgiving, similar }
}

/** An order number with another digit is another order, and a short word is one slip away from too many. */
const isForgiven = /^\p{L}{4,30}$/u
