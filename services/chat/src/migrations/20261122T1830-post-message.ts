import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/**
 * Stores one plain message as `post_messages` stores many, for half of what a group of one would cost. It waits for nobody
 * either: it fails within a millisecond where somebody else holds the conversation. No row is answered where the message is no
 * plain one, and none is stored.
 */
export const postMessage: NamedMigration = {
  name: '20261122T1830-post-message',
  up: async (db) => {
    await sql`
      create function post_message(tenant uuid, message uuid, event uuid, conversation uuid, visitor uuid, by_kind text,
        by_id uuid, said text, client_message uuid, now timestamptz, parent text, messages_max int, text_bytes_max int, event_type text)
      returns table (last_seq int, last_text text, updated_at timestamptz, author_name text,
        id uuid, retention_class text, status text, page text, started_at timestamptz, closed_at timestamptz,
        contact_id uuid, contact_name text, contact_email text, assignee_id uuid, assignee_name text,
        visitor_delivered int, visitor_read int, staff_delivered int, staff_read int)
      language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
      #variable_conflict use_column
      declare
        by_visitor boolean := by_kind = 'visitor';
        talker uuid;
      begin
        perform set_config('app.tenants', tenant::text, true), set_config('lock_timeout', '1', true);
        if not by_visitor then
          select s.name into author_name from staff s where s.tenant_id = tenant and s.user_id = by_id;
          if not found then return; end if;
        end if;
        update conversations c set last_seq = c.last_seq + 1, last_text = said, text_bytes = c.text_bytes + octet_length(said), updated_at = now,
          visitor_delivered = case when by_visitor then c.last_seq + 1 else c.visitor_delivered end,
          visitor_read = case when by_visitor then c.last_seq + 1 else c.visitor_read end,
          staff_delivered = case when by_visitor then c.staff_delivered else c.last_seq + 1 end,
          staff_read = case when by_visitor then c.staff_read else c.last_seq + 1 end
        where c.tenant_id = tenant and c.id = conversation and c.status <> 'closed' and c.last_seq < messages_max
          and c.text_bytes + octet_length(said) <= text_bytes_max
          and case when by_visitor then c.visitor_id = visitor and c.retention_class = 'chat' else c.retention_class <> 'mail' end
        returning c.last_seq, c.last_text, c.updated_at, c.id, c.retention_class, c.status, c.page, c.started_at, c.closed_at,
          c.contact_id, c.assignee_id, c.visitor_delivered, c.visitor_read, c.staff_delivered, c.staff_read, c.visitor_id
        into last_seq, last_text, updated_at, id, retention_class, status, page, started_at, closed_at,
          contact_id, assignee_id, visitor_delivered, visitor_read, staff_delivered, staff_read, talker;
        if not found then return; end if;
        insert into messages (id, tenant_id, conversation_id, retention_class, seq, author_kind, author_id, text,
          client_message_id, created_at)
        values (message, tenant, conversation, post_message.retention_class, post_message.last_seq, by_kind, by_id, said,
          client_message, now);
        insert into outbox (id, tenant_id, type, stream_key, subject_id, occurred_at, traceparent, payload)
        values (event, tenant, event_type, conversation, talker, now, parent,
          jsonb_build_object('conversationId', conversation, 'messageId', message, 'seq', post_message.last_seq, 'isNotice', false));
        select c.name, c.email into contact_name, contact_email
        from contacts c where c.tenant_id = tenant and c.id = post_message.contact_id;
        if not found then raise lock_not_available using message = 'the contact is not to be seen'; end if;
        if by_visitor then author_name := contact_name; end if;
        if assignee_id is not null then
          select s.name into assignee_name from staff s where s.tenant_id = tenant and s.user_id = post_message.assignee_id;
        end if;
        return next;
      end $$`.execute(db)
  },
}
