/**
 * The lines of a module at which a commit begins that is its own: a transaction that it opens, or a statement that it
 * sends outside any. Whoever runs inside another's transaction begins none.
 */
export function openingsOf(source: string): number[] {
  const begins = [...source.matchAll(opening)].map(({ index }) => index)
  return begins.map((index) => source.slice(0, index).split('\n').length)
}

/** How the `nth` opening of a module is called, from 0. */
export function nameOpening(module: string, nth: number): string {
  return nth > 0 ? `${module} (${nth + 1})` : module
}

/** What a statement says that changes something, be it by a function of the database. */
export const writes =
  /\b(insert into|update|delete from|post_messages?\(|(?:create|empty|drop)_message_partition\(|forget_audit_log\()/i

/** Transactions and databases are called by these names throughout; one that is met elsewhere fails the run. */
const opening = new RegExp(
  [
    String.raw`(?<!function )\b(?:asTenant|asLookup)(?:<[^\n(]*>)?\(`,
    String.raw`\.transaction\(\)`,
    String.raw`\b(?:db|connection)\s*\.(?:insertInto|updateTable|deleteFrom|mergeInto)\(`,
    String.raw`\bsql(?:<[^\`]*?>)?\`[^\`]*?${writes.source}[^\`]*\`\s*\.execute\(\s*(?:db|connection)\b`,
  ].join('|'),
  'gi',
)
