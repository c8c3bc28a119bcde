import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/**
 * A month that goes is dropped at once where the lock on all messages comes at once; only otherwise is it emptied under
 * its own lock, and dropped another time. Truncating makes a new file for the table and each of its indexes, which costs
 * more than all the rest.
 */
export const droppedAtOnce: NamedMigration = {
  name: '20261122T0660-dropped-at-once',
  up: async (db) => {
    await sql`
      create or replace function empty_message_partition(class text, month timestamp) returns boolean
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
        begin
          perform set_config('lock_timeout', '20ms', true);
          execute format('lock table only %I in access exclusive mode', 'messages_' || class);
          execute format('drop table %I', name);
        exception when lock_not_available then
          execute format('truncate %I', name);
        end;
        return true;
      end $$`.execute(db)
    await sql`
      create or replace function drop_message_partition(class text, month timestamp) returns boolean
      language plpgsql security definer set search_path = public, pg_temp as $$
      declare name text := format('messages_%s_%s', class, to_char(month, 'YYYYMM'));
      begin
        if to_regclass(name) is null then return true; end if;
        if pg_relation_size(to_regclass(name)) > 0 then return false; end if;
        perform set_config('lock_timeout', '100ms', true);
        execute format('lock table only %I in access exclusive mode', 'messages_' || class);
        if pg_relation_size(to_regclass(name)) > 0 then return false; end if;
        execute format('drop table %I', name);
        return true;
      end $$`.execute(db)
  },
}
