import { badInput } from '@candor/rpc/service-error'
import { commonPasswords } from './common-passwords.ts'

/**
 * Refuses what somebody who knows the person or a list of leaked passwords tries first. Its length the contract
 * checks; rules about kinds of characters make passwords worse and there are none.
 */
export function checkPassword(password: string, holder: { email: string; company: string }): void {
  const plain = password.toLowerCase()
  const stem = plain.replace(/[^\p{L}]+$/u, '')
  if (commonPasswords.has(plain) || commonPasswords.has(stem)) {
    throw badInput('password', 'is among the most common ones; choose another')
  }
  for (const [what, word] of [
    ['your e-mail address', holder.email.split('@')[0]!],
    ['the name of the company', holder.company],
  ] as const) {
    if (contains(password, word)) throw badInput('password', `must not contain ${what}`)
  }
}

/** Words of up to three letters stand in too many good passwords. */
function contains(password: string, word: string): boolean {
  const letters = lettersOf(word)
  return letters.length > 3 && lettersOf(password).includes(letters)
}

function lettersOf(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}
