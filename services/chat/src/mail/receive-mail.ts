import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { callbackify } from 'node:util'
import { ServiceError } from '@candor/rpc/service-error'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import { SMTPServer } from 'smtp-server'
import type { SMTPServerSession } from 'smtp-server'
import type { Deps } from '../domain/deps.ts'
import { takeMail } from '../domain/take-mail.ts'
import { readMail } from './read-mail.ts'

/**
 * Takes mail to `<slug>@<domain>` from the relay in front, which alone should reach it: the relay checks SPF, DKIM and
 * DMARC, and whatever it lets through is taken for what it says it is. A mail is accepted once it is stored; while that
 * cannot be done it is put off, and the relay brings it again.
 */
export async function startMailReceiver(
  lifecycle: Lifecycle,
  deps: Deps,
  { port: wantedPort, domain }: { port: number; domain: string },
): Promise<number> {
  const outcomes = deps.metrics.counter('chat_mails_received_total', 'Mails by what became of them', [
    'outcome',
  ])
  const recipients = new WeakMap<SMTPServerSession, Map<string, string>>()

  async function findRecipient(address: string, session: SMTPServerSession): Promise<void> {
    const [, slug, at] = /^([a-z0-9-]+)(?:\+[^@]*)?@([^@]+)$/.exec(address.toLowerCase()) ?? []
    if (!slug || at !== domain) throw refusal(550, 'no such mailbox here')
    const business = await deps.identity.findBusiness.query({ slug }).catch((err: unknown) => {
      deps.log.warn({ err }, 'mail waits for identity')
      throw refusal(451, 'come again later')
    })
    if (!business) throw refusal(550, 'no such mailbox here')
    const known = recipients.get(session) ?? new Map<string, string>()
    if (known.size >= recipientsMax) throw refusal(452, 'too many recipients at once')
    recipients.set(session, known.set(business.id, business.slug))
  }

  async function take(raw: Buffer, session: SMTPServerSession): Promise<void> {
    // A mail from nobody tells what became of another: it wants no answer.
    const isReport = !session.envelope.mailFrom || !session.envelope.mailFrom.address
    const mail = await readMail(raw).catch(() => {
      throw refusal(554, 'this is no mail')
    })
    if (!mail) throw refusal(550, 'it says from nobody')
    if (isReport || mail.isAutomatic || mail.from.email.endsWith(`@${domain}`)) {
      outcomes.inc({ outcome: 'automatic' })
      return
    }
    for (const tenantId of recipients.get(session)?.keys() ?? []) {
      const taken = await takeMail(deps, tenantId, mail)
      outcomes.inc({ outcome: taken ? 'taken' : 'repeated' })
    }
  }

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: bytesMax,
    maxClients: 50,
    socketTimeout: 60_000,
    onRcptTo: ({ address }, session, done) => callbackify(() => findRecipient(address, session))(done),
    onData(stream, session, done) {
      const handle = async () => {
        const raw = await buffer(stream)
        if (stream.sizeExceeded) throw refusal(552, `larger than ${bytesMax} bytes`)
        try {
          await take(raw, session)
        } catch (err) {
          const refused = toRefusal(err)
          outcomes.inc({ outcome: refused.responseCode < 500 ? 'put-off' : 'refused' })
          if (refused.responseCode < 500) deps.log.warn({ err }, 'a mail is put off')
          throw refused
        } finally {
          recipients.delete(session)
        }
      }
      callbackify(handle)(done)
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(wantedPort, deps.listenOn, resolve)
  })
  // A client that hangs up in the middle of a sentence is its own trouble.
  server.on('error', () => {})
  lifecycle.onStop('mail-receiver', () => new Promise<void>((resolve) => server.close(() => resolve())))
  return (server.server.address() as AddressInfo).port
}

const bytesMax = 10 * 1024 * 1024
const recipientsMax = 20

/** For good where the mail itself is at fault; what is at fault here may be over in a while. */
function toRefusal(err: unknown): Refusal {
  if (err instanceof Error && 'responseCode' in err) return err as Refusal
  if (!(err instanceof ServiceError)) return refusal(451, 'come again later')
  if (err.reason === 'too-many') return refusal(452, err.message)
  return ['bad-input', 'conflict', 'closed'].includes(err.reason)
    ? refusal(550, err.message)
    : refusal(451, 'come again later')
}

function refusal(responseCode: number, message: string): Refusal {
  return Object.assign(new Error(message), { responseCode })
}

type Refusal = Error & { responseCode: number }
