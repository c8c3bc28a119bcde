import { connect as connectPlain } from 'node:net'
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { once } from 'node:events'

/** How a server is brought to speak TLS. */
export type Speaks = 'tls' | 'nats' | 'postgres'

/** The certificate a server shows, and why it would be refused, if it would. Nothing else is said to the server. */
export async function peekCertificate(at: {
  host: string
  port: number
  speaks: Speaks
  ca?: Buffer | undefined
}): Promise<{ validTo: Date; refusal: string | undefined }> {
  const signal = AbortSignal.timeout(3_000)
  const plain = connectPlain({ host: at.host, port: at.port })
  // What breaks after the certificate was seen is nobody's concern, and would end the process.
  plain.on('error', () => {})
  try {
    await once(plain, 'connect', { signal })
    await openings[at.speaks](plain, signal)
    const secure = connectTls({
      socket: plain,
      servername: /^[\d.:]+$/.test(at.host) ? '' : at.host,
      host: at.host,
      ...(at.ca && { ca: at.ca }),
      rejectUnauthorized: false,
    })
    secure.on('error', () => {})
    await once(secure, 'secureConnect', { signal })
    const { valid_to } = secure.getPeerCertificate()
    const refusal = secure.authorized ? undefined : String(secure.authorizationError)
    return { validTo: new Date(valid_to), refusal }
  } finally {
    plain.destroy()
  }
}

const openings: Record<Speaks, (socket: Socket, signal: AbortSignal) => Promise<void>> = {
  tls: async () => {},
  // The server speaks first, in plain text.
  nats: async (socket, signal) => {
    await once(socket, 'data', { signal })
  },
  // SSLRequest, to which it says S if it will.
  postgres: async (socket, signal) => {
    socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]))
    const [answer] = (await once(socket, 'data', { signal })) as [Buffer]
    if (answer.toString() !== 'S') throw new Error('the server does not encrypt')
  },
}
