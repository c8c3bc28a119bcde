import type { Paragraph } from '@candor/contracts/policy/notice'

export function paragraph(key: string, text: string): Paragraph {
  return { key, text, clause: null }
}

/** `a, b and c` */
export function listed(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`
}
