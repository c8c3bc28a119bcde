import { connect } from 'node:net'

/**
 * A connection that carries one request after the other and understands no more of HTTP than it must: the load shares
 * the machine with what it loads, and an ordinary client would cost more than the server.
 */
export async function openLine(port: number): Promise<HttpLine> {
  const socket = connect(port, '127.0.0.1').setNoDelay(true)
  let seen = ''
  let waiting: { resolve(body: string): void; reject(err: Error): void } | undefined
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    seen += chunk
    const bodyAt = seen.indexOf('\r\n\r\n') + 4
    if (bodyAt === 3) return
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(seen.slice(0, bodyAt))?.[1])
    if (seen.length < bodyAt + length) return
    const [answer, told] = [seen, waiting]
    seen = ''
    waiting = undefined
    if (answer.startsWith('HTTP/1.1 200')) told?.resolve(answer.slice(bodyAt))
    else told?.reject(new Error(answer))
  })
  const broken = (err?: Error) => waiting?.reject(err ?? new Error('the server hung up'))
  socket.on('error', broken).on('close', () => broken())
  await new Promise((resolve) => socket.once('connect', resolve))
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        socket.write(request)
      }),
    isOpen: () => socket.writable,
    close: () => void socket.destroy(),
  }
}

/** A POST of JSON as it goes over the line; `body` is plain ASCII. */
export function postRequest(path: string, body: string, token?: string): string {
  const authorization = token === undefined ? '' : `authorization: Bearer ${token}\r\n`
  return `POST ${path} HTTP/1.1\r\nhost: localhost\r\n${authorization}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`
}

export interface HttpLine {
  /** The body of the answer; throws unless it is a 200. */
  ask(request: string): Promise<string>
  /** A server hangs up on lines that rest for long. */
  isOpen(): boolean
  close(): void
}
