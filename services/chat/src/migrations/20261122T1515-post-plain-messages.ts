import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/**
 * Stores many messages of many tenants in one call, each of another conversation, so that one flush to disk serves them
 * all. It sees exactly the tenants it is told, for as long as its transaction. What is not a plain message - of a
 * conversation that is not its tenant's, hidden, closed, full, by mail, or locked by somebody else; by an agent whose name
 * is not known - is left out, and left to be tried alone: the rest does not wait for it. As it waits for nobody, no two
 * calls can wait for each other. One that was sent before fails them all, or is left out with `seek_repeats`.
 *
 * Its plan is made once a session, for planning costs as much as carrying it out, and by the indexes alone: as good for a
 * partition that is empty or was never analyzed. To start it costs more than to store a message; each part of it counts.
 */
export const postPlainMessages: NamedMigration = {
  name: '20261122T1515-post-plain-messages',
  up: async (db) => {
    await sql`drop function post_messages(text, jsonb, int, int, text)`.execute(db)
    await sql`
      create function post_messages(tenants text, entries jsonb, seek_repeats boolean, messages_max int, text_bytes_max int,
        event_type text)
      returns table (place int, last_seq int, last_text text, updated_at timestamptz, author_name text,
        id uuid, retention_class text, status text, page text, started_at timestamptz, closed_at timestamptz,
        contact_id uuid, contact_name text, contact_email text, assignee_id uuid, assignee_name text,
        visitor_delivered int, visitor_read int, staff_delivered int, staff_read int)
      language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
      #variable_conflict use_column
      begin
        perform set_config('app.tenants', tenants, true);
        if seek_repeats then
          entries := (
            select coalesce(jsonb_agg(entry), '[]') from jsonb_array_elements(entries) entry where not exists (
              select from messages m where m.tenant_id = (entry->>'tenant_id')::uuid
                and m.conversation_id = (entry->>'conversation_id')::uuid
                and m.client_message_id = (entry->>'client_message_id')::uuid));
        end if;
        return query
        with posted as materialized (
          select e.*, c.last_seq + 1 as seq, c.text_bytes + octet_length(e.text) as bytes, e.author_kind = 'visitor' as by_visitor,
            coalesce(author.name, contact.name) as author_name, contact.name as contact_name, contact.email as contact_email,
            c.retention_class, c.status, c.page, c.started_at, c.closed_at, c.contact_id, c.assignee_id, c.visitor_id as subject_id,
            c.visitor_delivered, c.visitor_read, c.staff_delivered, c.staff_read
          from jsonb_to_recordset(entries) as e (place int, id uuid, event_id uuid, tenant_id uuid,
            conversation_id uuid, visitor_id uuid, author_kind text, author_id uuid, text text,
            client_message_id uuid, at timestamptz, traceparent text)
          join conversations c on c.tenant_id = e.tenant_id and c.id = e.conversation_id
          join contacts contact on contact.tenant_id = c.tenant_id and contact.id = c.contact_id
          left join staff author on author.tenant_id = e.tenant_id and author.user_id = e.author_id
            and e.author_kind = 'staff'
          where c.status <> 'closed' and c.last_seq < messages_max and c.text_bytes + octet_length(e.text) <= text_bytes_max
            and case e.author_kind
              when 'visitor' then c.visitor_id = e.visitor_id and c.retention_class = 'chat'
              else author.user_id is not null and c.retention_class <> 'mail' end
          for no key update of c skip locked
        ), conversation as (
          update conversations c set last_seq = p.seq, last_text = p.text, text_bytes = p.bytes, updated_at = p.at,
            visitor_delivered = case when p.by_visitor then p.seq else c.visitor_delivered end,
            visitor_read = case when p.by_visitor then p.seq else c.visitor_read end,
            staff_delivered = case when p.by_visitor then c.staff_delivered else p.seq end,
            staff_read = case when p.by_visitor then c.staff_read else p.seq end
          from posted p where c.tenant_id = p.tenant_id and c.id = p.conversation_id
        ), message as (
          insert into messages (id, tenant_id, conversation_id, retention_class, seq, author_kind, author_id, text,
            client_message_id, created_at)
          select p.id, p.tenant_id, p.conversation_id, p.retention_class, p.seq, p.author_kind, p.author_id, p.text,
            p.client_message_id, p.at
          from posted p
        ), event as (
          insert into outbox (id, tenant_id, type, stream_key, subject_id, occurred_at, traceparent, payload)
          select p.event_id, p.tenant_id, event_type, p.conversation_id, p.subject_id, p.at, p.traceparent,
            jsonb_build_object('conversationId', p.conversation_id, 'messageId', p.id, 'seq', p.seq, 'isNotice', false)
          from posted p
        )
        select p.place, p.seq, p.text, p.at, p.author_name,
          p.conversation_id, p.retention_class, p.status, p.page, p.started_at, p.closed_at,
          p.contact_id, p.contact_name, p.contact_email, p.assignee_id, assignee.name,
          case when p.by_visitor then p.seq else p.visitor_delivered end, case when p.by_visitor then p.seq else p.visitor_read end,
          case when p.by_visitor then p.staff_delivered else p.seq end, case when p.by_visitor then p.staff_read else p.seq end
        from posted p
        left join staff assignee on assignee.tenant_id = p.tenant_id and assignee.user_id = p.assignee_id;
      end $$`.execute(db)
  },
}
