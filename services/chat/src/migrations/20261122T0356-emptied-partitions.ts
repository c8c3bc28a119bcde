import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/**
 * A partition of messages goes in two steps. Emptying it locks it alone, so nobody who posts elsewhere waits, and is
 * refused while a conversation of its month is left. Dropping the empty one needs a lock on all messages: it is tried
 * for a moment, and if that does not do, another time. Both run as the owner, because the app role may not change the
 * schema.
 */
export const emptiedPartitions: NamedMigration = {
  name: '20261122T0356-emptied-partitions',
  up: async (db) => {
    await sql`
      create function empty_message_partition(class text, month timestamp) returns boolean
      language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        starts timestamp := date_trunc('month', month);
        name text := format('messages_%s_%s', class, to_char(starts, 'YYYYMM'));
        is_left boolean;
        hidden text := coalesce(current_setting('app.sees_hidden', true), '');
        restricted text := coalesce(current_setting('app.sees_restricted', true), '');
      begin
        if to_regclass(name) is null then return false; end if;
        -- Locked before it looks: who is writing there has then committed, and is seen.
        perform set_config('lock_timeout', '200ms', true);
        execute format('lock table only %I in access exclusive mode', name);
        perform set_config('app.sees_hidden', 'on', true), set_config('app.sees_restricted', 'on', true);
        select exists (select from conversations
          where id >= uuid_of_time(starts at time zone 'UTC')
            and id < uuid_of_time((starts + interval '1 month') at time zone 'UTC')
            and retention_class = class) into is_left;
        perform set_config('app.sees_hidden', hidden, true), set_config('app.sees_restricted', restricted, true);
        if is_left then return false; end if;
        execute format('truncate %I', name);
        return true;
      end $$`.execute(db)
    await sql`
      create function drop_message_partition(class text, month timestamp) returns boolean
      language plpgsql security definer set search_path = public, pg_temp as $$
      declare name text := format('messages_%s_%s', class, to_char(month, 'YYYYMM'));
      begin
        if to_regclass(name) is null then return false; end if;
        if pg_relation_size(to_regclass(name)) > 0 then return false; end if;
        perform set_config('lock_timeout', '100ms', true);
        execute format('lock table only %I in access exclusive mode', 'messages_' || class);
        if pg_relation_size(to_regclass(name)) > 0 then return false; end if;
        execute format('drop table %I', name);
        return true;
      end $$`.execute(db)
    await sql`revoke execute on function empty_message_partition, drop_message_partition from public`.execute(
      db,
    )
    await sql`create index conversations_month on conversations (id)`.execute(db)
  },
}
