import type { Place } from './card-number.ts'

/** Where the words stand, as words of their own, in capitals or not. */
export function findKeywords(keywords: readonly string[], text: string): Place[] {
  if (keywords.length === 0) return []
  return [...text.matchAll(formOf(keywords))].map(({ index, 0: word }) => ({
    start: index,
    end: index + word.length,
  }))
}

/** One expression for all words of a policy, made once for as long as the policy is held. */
function formOf(keywords: readonly string[]): RegExp {
  let form = forms.get(keywords)
  if (!form) {
    const words = keywords.toSorted((one, other) => other.length - one.length).map(escape)
    form = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}\\p{N}])`, 'giu')
    forms.set(keywords, form)
  }
  return form
}

/** A space in a keyword stands for any. */
function escape(word: string): string {
  return word.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`).replaceAll(/\s+/g, String.raw`\s+`)
}

const forms = new WeakMap<readonly string[], RegExp>()
