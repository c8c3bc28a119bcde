import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { callbackify } from 'node:util'
import PostalMime from 'postal-mime'
import type { Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** A mail server on loopback that keeps what it is sent, and can be told to refuse for a while. */
export async function startMailbox(): Promise<Mailbox> {
  const letters: Letter[] = []
  let refusing = false
  const refused: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo({ address }, _, done) {
      if (refusing) refused.push(address)
      done(refusing ? Object.assign(new Error('not now'), { responseCode: 451 }) : null)
    },
    onData(stream, session, done) {
      const keep = async () => {
        const to = session.envelope.rcptTo.map(({ address }) => address)
        letters.push({ ...(await PostalMime.parse(await buffer(stream))), to })
      }
      callbackify(keep)(done)
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    letters,
    refused: () => refused,
    refuse: (now) => void (refusing = now),
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(resolve)),
  }
}

export interface Mailbox extends AsyncDisposable {
  url: string
  letters: Letter[]
  refuse(now: boolean): void
  /** The addresses of letters it refused. */
  refused(): readonly string[]
}

type Letter = Omit<Email, 'to'> & { to: string[] }
