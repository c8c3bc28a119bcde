import type { Generated } from 'kysely'

/** A letter waits in `mail_queue`, seen by its tenant alone; `mail_schedule` tells the sender when to look, and no more. */
export interface MailTables {
  mail_queue: {
    id: string
    tenant_id: string
    /** One letter a key: queueing it again does nothing, also long after it was sent. */
    once_key: string
    /** What it tells of (a conversation): it goes with it, sent or not. */
    record_id: Generated<string | null>
    to_address: string | null
    /** The visitor it is about, where there is one: the letter goes with them, whatever address it bears. */
    subject_id: string | null
    subject: string | null
    text: string | null
    html: string | null
    /** Where a mail program stops letters like it (RFC 8058); null where there is nothing to stop. */
    unsubscribe_url: Generated<string | null>
    /** Whom it comes from, where that is not the platform. */
    from_address: Generated<string | null>
    /** Message-IDs of the mails it answers, oldest first, as `References` has them. */
    answers: Generated<string | null>
    created_at: Date
    sent_at: Date | null
  }
  mail_schedule: {
    mail_id: string
    tenant_id: string
    due_at: Date
    attempts: number
  }
}
