import type { NamedMigration } from '@candor/runtime/migrate'
import { sql } from 'kysely'

/**
 * Stores many messages of many conversations and tenants in one call, so that one flush to disk serves them all. It
 * sees exactly the tenants it is told, for as long as its transaction. What is not a plain message - of a conversation
 * that is not its tenant's, hidden, closed, full, by mail, or locked by somebody else; sent before; by an agent whose
 * name is not known - is left out, and left to be tried alone: the rest does not wait for it. As it waits for nobody, no
 * two calls can wait for each other. Without `seek_repeats`, one that was sent before fails them all.
 *
 * Its plan is made once a session, for planning costs as much as carrying it out, and by the indexes alone: as good for a
 * partition that is empty or was never analyzed.
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
        return query
        with entry as materialized (
          select e.*, row_number() over (partition by e.conversation_id, e.client_message_id order by e.place) as nth
          from jsonb_to_recordset(entries) as e (place int, id uuid, event_id uuid, tenant_id uuid,
            conversation_id uuid, visitor_id uuid, author_kind text, author_id uuid, text text,
            client_message_id uuid, at timestamptz, traceparent text)
        ), held as materialized (
          select c.* from conversations c
          where (c.tenant_id, c.id) in (select e.tenant_id, e.conversation_id from entry e) and c.status <> 'closed'
          order by c.tenant_id, c.id
          for no key update skip locked
        ), plain as (
          select e.*, c.retention_class, c.last_seq, c.text_bytes, c.visitor_id as subject_id,
            coalesce(author.name, contact.name) as author_name, contact.name as contact_name, contact.email as contact_email
          from entry e
          join held c on c.tenant_id = e.tenant_id and c.id = e.conversation_id
          join contacts contact on contact.tenant_id = c.tenant_id and contact.id = c.contact_id
          left join staff author on author.tenant_id = c.tenant_id and author.user_id = e.author_id
            and e.author_kind = 'staff'
          where e.nth = 1
            and case e.author_kind
              when 'visitor' then c.visitor_id = e.visitor_id and c.retention_class = 'chat'
              else author.user_id is not null and c.retention_class <> 'mail' end
            and (not seek_repeats or (select true from messages m where m.tenant_id = c.tenant_id and m.conversation_id = c.id
              and m.retention_class = c.retention_class and m.client_message_id = e.client_message_id) is null)
        ), numbered as materialized (
          select p.*, p.last_seq + row_number() over own as seq,
            p.last_seq + count(*) over whole as seq_max,
            p.text_bytes + sum(octet_length(p.text)) over whole as bytes
          from plain p
          window own as (partition by p.tenant_id, p.conversation_id order by p.place),
            whole as (partition by p.tenant_id, p.conversation_id)
        ), posted as materialized (
          select n.*, n.seq::int as number,
            max(n.seq) filter (where n.author_kind = 'visitor') over upto as by_visitor,
            max(n.seq) filter (where n.author_kind = 'staff') over upto as by_staff
          from numbered n
          where n.seq_max <= messages_max and n.bytes <= text_bytes_max
          window upto as (partition by n.tenant_id, n.conversation_id order by n.seq)
        ), conversation as (
          update conversations c set last_seq = last.number, last_text = last.text, text_bytes = last.bytes, updated_at = last.at,
            visitor_delivered = coalesce(last.by_visitor, c.visitor_delivered), visitor_read = coalesce(last.by_visitor, c.visitor_read),
            staff_delivered = coalesce(last.by_staff, c.staff_delivered), staff_read = coalesce(last.by_staff, c.staff_read)
          from posted last
          where c.tenant_id = last.tenant_id and c.id = last.conversation_id and last.seq = last.seq_max
        ), message as (
          insert into messages (id, tenant_id, conversation_id, retention_class, seq, author_kind, author_id, text,
            client_message_id, created_at)
          select p.id, p.tenant_id, p.conversation_id, p.retention_class, p.number, p.author_kind, p.author_id, p.text,
            p.client_message_id, p.at
          from posted p
        ), event as (
          insert into outbox (id, tenant_id, type, stream_key, subject_id, occurred_at, traceparent, payload)
          select p.event_id, p.tenant_id, event_type, p.conversation_id, p.subject_id, p.at, p.traceparent,
            jsonb_build_object('conversationId', p.conversation_id, 'messageId', p.id, 'seq', p.number, 'isNotice', false)
          from posted p order by p.place
        )
        select p.place, p.number, p.text, p.at, p.author_name,
          c.id, c.retention_class, c.status, c.page, c.started_at, c.closed_at,
          c.contact_id, p.contact_name, p.contact_email, c.assignee_id, assignee.name,
          coalesce(p.by_visitor, c.visitor_delivered)::int, coalesce(p.by_visitor, c.visitor_read)::int,
          coalesce(p.by_staff, c.staff_delivered)::int, coalesce(p.by_staff, c.staff_read)::int
        from posted p
        join held c on c.tenant_id = p.tenant_id and c.id = p.conversation_id
        left join staff assignee on assignee.tenant_id = c.tenant_id and assignee.user_id = c.assignee_id;
      end $$`.execute(db)
  },
}
