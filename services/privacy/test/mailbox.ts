import type { AddressInfo } from 'node:net'
import { settle } from '@candor/testing/settle'
import PostalMime from 'postal-mime'
import type { Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** A mail server that keeps what it is given. */
export async function startMailbox() {
  const letters: { to: string; mail: Email }[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        void PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          letters.push({ to: session.envelope.rcptTo[0]!.address, mail })
          done()
        })
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    letters,
    /** The proof in the letter about a request, once it has come. */
    readProof: (requestId: string) =>
      settle(() => {
        const letter = letters.find(({ mail }) => mail.text?.includes(requestId))
        const link = letter && /\S+#request=\S+/.exec(letter.mail.text!)?.[0]
        if (!link) throw new Error(`no letter about ${requestId}`)
        return { link, to: letter.to, proof: new URLSearchParams(new URL(link).hash.slice(1)).get('proof')! }
      }),
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
