import type { AddressInfo } from 'node:net'
import { settle } from '@candor/testing/settle'
import PostalMime from 'postal-mime'
import type { Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** A mail server that keeps what it is given. */
export async function startMailbox() {
  const letters: { to: string; mail: Promise<Email> }[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        letters.push({
          to: session.envelope.rcptTo[0]!.address,
          mail: PostalMime.parse(Buffer.concat(chunks)),
        })
        done()
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
      settle(async () => {
        for (const { to, mail } of letters) {
          const link = new RegExp(`\\S+#request=${requestId}\\S+`).exec((await mail).text ?? '')?.[0]
          if (link) return { link, to, proof: new URLSearchParams(new URL(link).hash.slice(1)).get('proof')! }
        }
        throw new Error(`no letter about ${requestId}`)
      }),
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
