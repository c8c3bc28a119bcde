import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import type { MailStore } from './store.ts'

/**
 * Takes mail from anybody on this machine to anybody; a mail is accepted once it is on disk. One to the platform's own
 * domain is brought there, as a relay in front of it does, and accepted when it was.
 */
export async function startSmtp(store: MailStore, wantedPort: number, inbound?: Inbound): Promise<Smtp> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: maxBytes,
    onData(stream, session, callback) {
      const { mailFrom, rcptTo } = session.envelope
      buffer(stream)
        .then(async (raw) => {
          if (stream.sizeExceeded)
            throw Object.assign(new Error('The mail is too large'), { responseCode: 552 })
          const from = mailFrom ? mailFrom.address : ''
          const all = rcptTo.map(({ address }) => address)
          const isOwn = (address: string) =>
            inbound !== undefined && address.toLowerCase().endsWith(`@${inbound.domain}`)
          const own = all.filter(isOwn)
          if (inbound && own.length > 0) await bring(inbound, { from, to: own }, raw)
          const others = all.filter((address) => !isOwn(address))
          if (others.length > 0) await store.add({ from, to: others }, raw)
        })
        .then(
          () => callback(null),
          (error) => callback(error),
        )
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(wantedPort, '127.0.0.1', resolve)
  })
  // A client that hangs up in the middle of a sentence is its own trouble.
  server.on('error', () => {})
  const { port } = server.server.address() as AddressInfo
  return { port, stop: () => new Promise((resolve) => server.close(() => resolve())) }
}

/** What the platform answers is what the sender hears. */
async function bring(
  { port }: Inbound,
  envelope: { from: string; to: string[] },
  raw: Buffer,
): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true })
  await transport.sendMail({ envelope, raw }).finally(() => transport.close())
}

const maxBytes = 10 * 1024 * 1024

/** Where the platform takes mail, and to which domain. */
export interface Inbound {
  readonly domain: string
  readonly port: number
}

export interface Smtp {
  readonly port: number
  stop(): Promise<void>
}
