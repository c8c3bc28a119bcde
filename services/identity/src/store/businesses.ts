import type { Business } from '@candor/contracts/identity/schemas'
import type { Selectable, Transaction } from 'kysely'
import type { Database } from './tables.ts'

export async function findBusiness(trx: Transaction<Database>, id: string): Promise<Business | undefined> {
  return findBy(trx, 'id', id)
}

/** Inside `asLookup` of the same slug, for the asker has no tenant yet. */
export async function findBusinessBySlug(
  trx: Transaction<Database>,
  slug: string,
): Promise<Business | undefined> {
  return findBy(trx, 'slug', slug)
}

/** Inside `asLookup` of the same key, for a visitor has no tenant yet. */
export async function findBusinessByWidgetKey(
  trx: Transaction<Database>,
  key: string,
): Promise<Business | undefined> {
  return findBy(trx, 'widget_key', key)
}

/** Answers undefined where another business has the slug. Throws where one is the only one that there may be. */
export async function insertBusiness(
  trx: Transaction<Database>,
  business: Business & { createdAt: Date; isOnly: boolean },
): Promise<Business | undefined> {
  const { id, name, slug, country, widgetKey, createdAt, isOnly } = business
  const row = await trx
    .insertInto('tenants')
    .values({
      id,
      name,
      slug,
      country,
      widget_key: widgetKey,
      created_at: createdAt,
      is_only: isOnly || null,
    })
    .onConflict((conflict) => conflict.constraint('tenants_slug').doNothing())
    .returningAll()
    .executeTakeFirst()
  return row && toBusiness(row)
}

/** From here on nobody finds it. */
export async function setClosed(trx: Transaction<Database>, id: string, now: Date): Promise<void> {
  await trx.updateTable('tenants').set({ closed_at: now, is_only: null }).where('id', '=', id).execute()
}

async function findBy(trx: Transaction<Database>, column: 'id' | 'slug' | 'widget_key', value: string) {
  const row = await trx
    .selectFrom('tenants')
    .selectAll()
    .where(column, '=', value)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  return row && toBusiness(row)
}

function toBusiness({ id, name, slug, country, widget_key }: Selectable<Database['tenants']>): Business {
  return { id, name, slug, country, widgetKey: widget_key }
}
