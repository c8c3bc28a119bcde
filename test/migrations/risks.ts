/**
 * What a statement of a migration would do to the release that still runs beside it, or to whoever waits for its locks.
 * Tables that the same migration makes are nobody's yet: `existing` are those that were there before.
 */
export function risksOf(statement: string, existing: ReadonlySet<string>): string[] {
  const sql = withoutBodies(statement).toLowerCase()
  const table = targetOf(sql)
  if (table !== undefined && !existing.has(table)) return []
  return rules.filter(({ when }) => when.test(sql)).map(({ risk }) => risk)
}

/** Expand in one release, contract in a later one: what the release before still names must not go, and nothing may stand in its way. */
const rules = [
  { risk: 'drops a table', when: /^drop table/ },
  {
    risk: 'drops a column',
    when: /^alter table .*\bdrop (column )?(?!constraint|not null|default|column\b)\w+/,
  },
  { risk: 'renames', when: /^alter (table|function|type) .*\brename\b/ },
  { risk: 'drops a function', when: /^drop (function|procedure|type|view)/ },
  { risk: 'takes rights away', when: /^revoke/ },
  {
    risk: 'adds a column that the running release leaves empty: NOT NULL without a default',
    when: /\badd column (?:(?!\bdefault\b|\bgenerated\b|, ?(?:add|drop|alter)\b).)*\bnot null\b(?!(?:(?!, ?(?:add|drop|alter)\b).)*\b(?:default|generated)\b)/,
  },
  { risk: 'demands of old rows what they may lack: SET NOT NULL', when: /\bset not null\b/ },
  { risk: 'rewrites the table under a lock: a new type', when: /\balter column \w+ (set data )?type\b/ },
  {
    risk: 'rewrites the table under a lock: a stored column',
    when: /\badd column .*\bgenerated always as .*\bstored\b/,
  },
  {
    risk: 'reads the table under a lock: a constraint that is not NOT VALID',
    when: /\badd constraint (?!.*\bnot valid\b)/,
  },
  {
    risk: 'stops writes for as long as it builds: an index on a table that has rows',
    when: /^create (unique )?index (?!concurrently)/,
  },
  { risk: 'holds every row it touches until the migration ends', when: /^(update|delete from) / },
]

/** Of the one table that it changes; undefined where it is about something else. */
function targetOf(sql: string): string | undefined {
  const found =
    /^(?:alter table|drop table|update|delete from)(?: if exists)?(?: only)? "?(\w+)"?/.exec(sql) ??
    /^create (?:unique )?index .*? on (?:only )?"?(\w+)"?/.exec(sql)
  return found?.[1]
}

/** What a function does is done when it is called. */
function withoutBodies(statement: string): string {
  return statement
    .replaceAll(/(\$\w*\$)[^]*?\1/g, "''")
    .replaceAll(/\s+/g, ' ')
    .trim()
}
