import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import type { MailStore } from './store.ts'

/** Takes mail from anybody on this machine to anybody; a mail is accepted once it is on disk. */
export async function startSmtp(store: MailStore, wantedPort: number): Promise<Smtp> {
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
          await store.add({ from, to: rcptTo.map(({ address }) => address) }, raw)
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

const maxBytes = 10 * 1024 * 1024

export interface Smtp {
  readonly port: number
  stop(): Promise<void>
}
