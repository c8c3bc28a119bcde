import { connect } from 'node:net'

/**
 * Reads a conversation as it happens, from the product's server-sent events or the strawman's WebSocket, and looks for
 * nothing in it but the id that the writer gave each message, which reads the same in both.
 */
export async function openLive(at: LiveAddress, reader: Reader): Promise<void> {
  const socket = connect(at.port, '127.0.0.1')
  let seen = ''
  let isOpen = () => {}
  const opened = new Promise<void>((resolve, reject) => {
    isOpen = resolve
    socket
      .on('error', reject)
      .on('close', () => reject(new Error(`the stream ended:\n${seen.slice(0, 500)}`)))
  })
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    seen += chunk
    if (seen.includes(openMarks[at.kind])) isOpen()
    // The connection would be kept for another request.
    if (seen.includes(endMark)) socket.destroy()
    for (;;) {
      const start = seen.indexOf(idMark)
      if (start < 0 || seen.length < start + idMark.length + idLength) break
      const end = start + idMark.length + idLength
      reader.onMessage(seen.slice(end - idLength, end))
      seen = seen.slice(end)
    }
    // What is left may hold the beginning of a mark.
    if (!seen.includes(idMark)) seen = seen.slice(-idMark.length)
  })
  socket.write(
    at.kind === 'ws' ? upgradeRequest(at.conversationId) : eventsRequest(at.conversationId, at.token),
  )
  await opened
  socket.on('close', reader.onEnd)
}

const idMark = '"clientMessageId":"'
const idLength = 36

/** What a stream of events ends with when it breaks off. */
const endMark = 'event: serialized-e'

/** What comes once the reader is listened for. */
const openMarks = { ws: 'HTTP/1.1 101', sse: '"type":"markers"' }

function upgradeRequest(conversationId: string): string {
  return `GET /live/${conversationId} HTTP/1.1\r\nhost: localhost\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`
}

function eventsRequest(conversationId: string, token: string | undefined): string {
  const input = encodeURIComponent(JSON.stringify({ conversationId }))
  return `GET /trpc/chat/live?input=${input} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\n\r\n`
}

interface Reader {
  onMessage(id: string): void
  onEnd(): void
}

export interface LiveAddress {
  kind: 'ws' | 'sse'
  port: number
  conversationId: string
  token?: string | undefined
}
