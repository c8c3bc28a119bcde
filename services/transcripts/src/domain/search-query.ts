import type { Clause } from '../store/search.ts'

/**
 * Reads what a person typed into a search box; any text has a meaning. All words must be found, anywhere in the
 * conversation. "Quotes" ask for a phrase, a minus excludes, `or` offers a choice, and the last word may be
 * unfinished. What has neither letters nor digits asks for nothing.
 */
export function parseSearchQuery(query: string): Clause[] {
  const tokens = [...query.matchAll(/(-?)"([^"]*)"?|(\S+)/g)].map(toToken)
  const clauses: Clause[] = []
  let joins = false
  for (const [index, token] of tokens.entries()) {
    const isLast = index === tokens.length - 1
    if (isOr(token) && clauses.length > 0 && !isLast) {
      joins = true
      continue
    }
    if (!/[\p{L}\p{N}]/u.test(token.text)) continue
    const { text, quoted, excluded } = token
    const term = { text, quoted, unfinished: isLast && !quoted && !excluded }
    const former = clauses.at(-1)
    if (joins && former && !former.excluded && !token.excluded) former.anyOf.push(term)
    else clauses.push({ excluded: token.excluded, anyOf: [term] })
    joins = false
  }
  return clauses.slice(0, clausesMax)
}

/** Each clause is a look into the index; more words than this narrow nothing further down. */
const clausesMax = 12

function toToken([, minus, quoted, bare]: RegExpExecArray): Token {
  if (quoted !== undefined) return { text: quoted, quoted: true, excluded: minus === '-' }
  const excluded = bare!.startsWith('-') && bare!.length > 1
  return { text: excluded ? bare!.slice(1) : bare!, quoted: false, excluded }
}

function isOr(token: Token): boolean {
  return !token.quoted && token.text.toLowerCase() === 'or'
}

interface Token {
  text: string
  quoted: boolean
  excluded: boolean
}
