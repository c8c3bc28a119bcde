import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import type { SMTPServerOptions } from 'smtp-server'

/** A real SMTP server that keeps what it takes. A test decides how it treats each letter, and whom it lets in. */
export async function startPostOffice(rules: SMTPServerOptions = {}) {
  const taken: ReceivedLetter[] = []
  const office = { treat: async (_to: string): Promise<void> => {} }
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData: (stream, session, done) => {
      const to = session.envelope.rcptTo[0]!.address
      stream.toArray().then(async (chunks) => {
        const source = Buffer.concat(chunks).toString()
        try {
          await office.treat(to)
          taken.push({ to, source, header: (name) => headerOf(source, name) })
          done()
        } catch (err) {
          done(err as Error)
        }
      }, done)
    },
    ...rules,
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return Object.assign(office, {
    url: `smtp://127.0.0.1:${port}`,
    to: (address: string) => taken.filter(({ to }) => to === address),
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(resolve)),
  })
}

/** Refuses a letter as a full or busy mail server does. */
export function refusal(code: number): Error {
  return Object.assign(new Error('not now'), { responseCode: code })
}

function headerOf(source: string, name: string): string | undefined {
  return new RegExp(`^${name}: (.*)$`, 'im').exec(source)?.[1]?.trim()
}

interface ReceivedLetter {
  to: string
  source: string
  header(name: string): string | undefined
}
