import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/**
 * Search forgives accents, and looks for words as they may have been meant. `unaccent` is a trusted extension: the
 * owner of the database may create it.
 */
export const tolerantSearch: NamedMigration = {
  name: '20261122T0710-tolerant-search',
  up: async (db) => {
    await sql`create extension if not exists unaccent schema public`.execute(db)
    await sql`drop index transcript_entries_words, transcripts_words`.execute(db)
    // Immutable because the dictionary is named, and its rules come with the server.
    await sql`
      create function bare_words(content text) returns text language sql immutable parallel safe return
        unaccent('public.unaccent', plain_words(content))`.execute(db)
    await sql`
      create or replace function searchable_words(tenant uuid, content text) returns tsvector
      language sql immutable parallel safe return
        array_to_tsvector(array[tenant::text]) || to_tsvector('simple', bare_words(content))`.execute(db)
    await sql`
      create index transcript_entries_words on transcript_entries using gin (searchable_words(tenant_id, text))`.execute(
      db,
    )
    await sql`
      create index transcripts_words on transcripts using gin (
        searchable_contact(tenant_id, contact_name, contact_email))`.execute(db)

    // Like find_words: the owner looks into the index for a tenant of the caller's transaction and answers keys. A few
    // of each word are enough to know that it is there.
    await sql`
      create function find_each_word(tenant uuid, words text[]) returns table (word text, conversation_id uuid)
      language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        select word, hit.conversation_id
        from unnest(words) as word, lateral (
          (select conversation_id from transcript_entries
           where tenant_id = tenant and tenant = any (app_tenants())
             and searchable_words(tenant_id, text) @@ (quote_literal(tenant)::tsquery && quote_literal(word)::tsquery)
           limit 50)
          union all
          (select conversation_id from transcripts
           where tenant_id = tenant and tenant = any (app_tenants())
             and searchable_contact(tenant_id, contact_name, contact_email)
               @@ (quote_literal(tenant)::tsquery && quote_literal(word)::tsquery)
           limit 50)) as hit
      $$`.execute(db)
    await sql`revoke execute on function find_each_word from public`.execute(db)
  },
}
