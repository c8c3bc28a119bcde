import type { Clock } from '@candor/runtime/clock'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import type { Log } from '@candor/runtime/logger'
import type { Metrics } from '@candor/runtime/metrics'
import { pause } from '@candor/runtime/pause'
import { asTenant } from '@candor/runtime/tenancy'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { createTransport } from 'nodemailer'
import type { Transporter } from 'nodemailer'
import { observeLetters } from './observe-letters.ts'
import type { MailTables } from './tables.ts'

/**
 * Sends queued letters by SMTP, any replica any letter, and retries for three days what was not refused for good. A letter is claimed by moving its
 * due time on; its Message-ID is its id, so that a copy sent again after a crash is recognised by mail systems.
 */
export function startMailSender(lifecycle: Lifecycle, options: MailSenderOptions): void {
  const db = options.db as Kysely<MailTables>
  const transport = createTransport({
    url: options.smtpUrl,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 15_000,
  })
  const outcomes = options.metrics.counter('mail_letters_total', 'Letters by outcome', ['outcome'])
  observeLetters(db, options)

  // A letter takes as long as its mail server likes: one that is slow must not hold up those behind it.
  const inHand = new Map<string, Promise<void>>()

  async function send(claim: Claim): Promise<void> {
    outcomes.inc({ outcome: await deliver(db, transport, options, claim) })
    inHand.delete(claim.mail_id)
  }

  async function loop() {
    while (!lifecycle.signal.aborted) {
      const claim =
        inHand.size < atOnce && (await claimNext(db, options.clock.now(), [...inHand.keys()]).catch(wait))
      if (claim) inHand.set(claim.mail_id, send(claim))
      else await Promise.race([pause(pollMs, lifecycle.signal), ...inHand.values()])
    }
    await Promise.all(inHand.values())
  }

  function wait(err: unknown): undefined {
    options.log.warn({ err }, 'mail sender is waiting')
  }

  const finished = loop()
  lifecycle.onStop('mail-sender', async () => {
    await finished
    transport.close()
  })
}

export interface MailSenderOptions {
  db: Kysely<any>
  smtpUrl: string
  from: string
  clock: Clock
  log: Log
  metrics: Metrics
}

const pollMs = 250
/** How many letters one replica sends side by side. */
export const atOnce = 4
/** Longer than one letter can take, or another replica would send it too. */
const leaseMs = 60_000
const giveUpAfterMs = 3 * 86_400_000

/** A lease that is over, as a moved clock may end it, makes no letter another one: what is in hand is not claimed again. */
async function claimNext(
  db: Kysely<MailTables>,
  now: Date,
  inHand: readonly string[],
): Promise<Claim | undefined> {
  const { rows } = await sql<Claim>`
    update mail_schedule set due_at = ${new Date(now.getTime() + leaseMs)}, attempts = attempts + 1
    where mail_id = (
      select mail_id from mail_schedule where due_at <= ${now} and mail_id <> all (${inHand}::uuid[]) order by due_at limit 1 for update skip locked)
    returning mail_id, tenant_id, attempts`.execute(db)
  return rows[0]
}

async function deliver(
  db: Kysely<MailTables>,
  transport: Transporter,
  options: MailSenderOptions,
  claim: Claim,
): Promise<string> {
  const now = options.clock.now()
  try {
    const letter = await asTenant(db, claim.tenant_id, (trx) =>
      trx.selectFrom('mail_queue').selectAll().where('id', '=', claim.mail_id).executeTakeFirst(),
    )
    if (!letter?.to_address || letter.sent_at) return await forget(db, claim, 'withdrawn')
    if (now.getTime() - letter.created_at.getTime() > giveUpAfterMs)
      return await finish(db, claim, null, 'given-up')
    await transport.sendMail({
      messageId: `<${messageIdOf(letter.id)}>`,
      from: letter.from_address ?? options.from,
      to: letter.to_address,
      subject: letter.subject ?? '',
      text: letter.text ?? '',
      html: letter.html ?? '',
      ...(letter.answers && { references: letter.answers, inReplyTo: letter.answers.split(' ').at(-1)! }),
      ...(letter.unsubscribe_url && { headers: oneClickStop(letter.unsubscribe_url) }),
    })
    return await finish(db, claim, now, 'sent')
  } catch (err) {
    const { responseCode: status } = err as { responseCode?: number }
    if (isFinal(err)) {
      options.log.warn({ status }, 'a letter was refused for good')
      return finish(db, claim, null, 'refused').catch(() => 'failed')
    }
    options.log.warn({ err, status, attempts: claim.attempts }, 'a letter could not be sent yet')
    const retryInMs = Math.min(1_000 * 2 ** claim.attempts, 3_600_000)
    await db
      .updateTable('mail_schedule')
      .set({ due_at: new Date(now.getTime() + retryInMs) })
      .where('mail_id', '=', claim.mail_id)
      .execute()
      .catch(() => {})
    return 'failed'
  }
}

/**
 * A reply from 500 on is final (RFC 5321, section 4.2.1) for what it answers. To a greeting, a password or our own address
 * it says nothing of this letter: that is ours to mend, and the letter waits for it.
 */
function isFinal(err: unknown): boolean {
  const { responseCode, command } = err as { responseCode?: number; command?: string }
  return responseCode !== undefined && responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA')
}

/** The Message-ID, without its brackets, under which a letter leaves. */
export function messageIdOf(letterId: string): string {
  return `${letterId}${ownMessageIds}`
}

/** How the Message-IDs of all letters end. */
export const ownMessageIds = '@candor'

/** RFC 8058: a mail program that shows an "unsubscribe" of its own posts to the address by itself. */
function oneClickStop(url: string): Record<string, string> {
  return { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
}

/** Keeps the fact and forgets the letter. */
async function finish(
  db: Kysely<MailTables>,
  claim: Claim,
  sentAt: Date | null,
  outcome: string,
): Promise<string> {
  await asTenant(db, claim.tenant_id, async (trx) => {
    const emptied = {
      to_address: null,
      subject_id: null,
      subject: null,
      text: null,
      html: null,
      unsubscribe_url: null,
      from_address: null,
      answers: null,
      sent_at: sentAt,
    }
    await trx.updateTable('mail_queue').set(emptied).where('id', '=', claim.mail_id).execute()
    await trx.deleteFrom('mail_schedule').where('mail_id', '=', claim.mail_id).execute()
  })
  return outcome
}

async function forget(db: Kysely<MailTables>, claim: Claim, outcome: string): Promise<string> {
  await db.deleteFrom('mail_schedule').where('mail_id', '=', claim.mail_id).execute()
  return outcome
}

interface Claim {
  mail_id: string
  tenant_id: string
  attempts: number
}
