import pg from 'pg'

/**
 * From here on the conditions on a tenant can be taken out of the statements that this process sends, as if every
 * service had forgotten them. Statements that touch a table to be spared stay as they are. Connections opened before are
 * not concerned.
 */
export function removableFilters() {
  const client = pg.Client.prototype as unknown as { query: Query }
  const { query } = client
  let spared = /^/
  const filters = {
    areOff: false,
    removed: 0,
    spare: (tables: readonly string[]) => void (spared = new RegExp(`\\b(${tables.join('|')})\\b`)),
  }
  client.query = function (this: unknown, text, ...rest) {
    if (!filters.areOff || typeof text !== 'string' || spared.test(text))
      return query.call(this, text, ...rest)
    const open = text.replace(one, '($1::uuid is not null)').replace(several, '($1::uuid[] is not null)')
    if (open !== text) filters.removed++
    return query.call(this, open, ...rest)
  }
  return Object.assign(filters, { [Symbol.dispose]: () => void (client.query = query) })
}

/** As kysely writes it and as we do. */
const one = /(?:"?\w+"?\.)?"?tenant_id"? = (\$\d+)(?:::uuid)?/g
const several = /(?:\w+\.)?tenant_id = any ?\((\$\d+)::uuid\[\]\)/g

type Query = (this: unknown, text: unknown, ...rest: unknown[]) => unknown
