import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/**
 * Full-text search. The index is made of expressions, so a correction or an erasure of the text changes it at once
 * and no column holds the words a second time. Each document carries its tenant as one more lexeme: the index leads
 * with the tenant, and one tenant's words are never read on behalf of another.
 */
export const wordIndex: NamedMigration = {
  name: '20261121T1020-word-index',
  up: async (db) => {
    // PostgreSQL's parser keeps "anna@example.com" or "order-12" as one word, and with some locales takes dashes and
    // emoji for letters; with a space instead of each sign, every part is found, the same under any locale.
    await sql`
      create function plain_words(content text) returns text language sql immutable parallel safe return
        regexp_replace(content, '[\\x21-\\x2F\\x3A-\\x40\\x5B-\\x60\\x7B-\\x7E\\u00A0-\\u00A9\\u00AB-\\u00B1\\u00B4\\u00B6-\\u00B8\\u00BB\\u00BF\\u00D7\\u00F7\\u2000-\\u2BFF\\u2E00-\\u2E7F\\u3000-\\u3004\\u3008-\\u3020\\u30FB\\uFE00-\\uFE0F\\uFF01-\\uFF0F\\uFF1A-\\uFF20\\U0001F000-\\U0001FAFF]+', ' ', 'g')`.execute(
      db,
    )
    await sql`
      create function searchable_words(tenant uuid, content text) returns tsvector language sql immutable parallel safe return
        array_to_tsvector(array[tenant::text]) || to_tsvector('simple', plain_words(content))`.execute(db)
    await sql`
      create function searchable_contact(tenant uuid, name text, email text) returns tsvector language sql immutable parallel safe return
        searchable_words(tenant, coalesce(name, '') || ' ' || coalesce(email, ''))`.execute(db)
    await sql`
      create index transcript_entries_words on transcript_entries using gin (searchable_words(tenant_id, text))`.execute(
      db,
    )
    await sql`
      create index transcripts_words on transcripts using gin (
        searchable_contact(tenant_id, contact_name, contact_email))`.execute(db)

    // Row-level security lets no full-text condition reach an index, because @@ is not marked leakproof. So the owner,
    // who cannot log in, may read the two tables, and lends that to one function which looks into the index for a tenant
    // of the caller's transaction and answers keys. Whoever calls it reads the rows themselves under the policies.
    await sql`alter policy hidden on transcripts to transcripts_app`.execute(db)
    await sql`create policy word_index on transcripts for select to transcripts_owner using (true)`.execute(
      db,
    )
    await sql`create policy word_index on transcript_entries for select to transcripts_owner using (true)`.execute(
      db,
    )
    await sql`
      create function find_words(tenant uuid, wanted tsquery) returns table (conversation_id uuid, seq int)
      language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        with own as (
          select quote_literal(tenant)::tsquery && wanted as query
          where tenant = any (app_tenants()) and numnode(wanted) > 0)
        select conversation_id, seq from own
        join transcript_entries on tenant_id = tenant and searchable_words(tenant_id, text) @@ own.query
        union all
        select conversation_id, null from own
        join transcripts on tenant_id = tenant
          and searchable_contact(tenant_id, contact_name, contact_email) @@ own.query
      $$`.execute(db)
    await sql`revoke execute on function find_words from public`.execute(db)
  },
}
