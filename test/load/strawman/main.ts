import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { connect, nkeyAuthenticator } from '@nats-io/transport-node'
import pg from 'pg'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'

/**
 * The quickest chat that still stores before it answers, and does nothing else: no sign-in, no tenants, no checks, no
 * numbers, no outbox, no logs. One INSERT a post by a pool of 16, a note over core NATS, raw WebSockets to who reads.
 * What the bench measures the product against.
 */
const { DATABASE_URL, NATS_URL, NATS_SEED } = process.env
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 16 })
await pool.query(`create table if not exists messages (
  conversation_id uuid not null, id uuid not null default uuidv7(), client_message_id uuid not null, text text not null,
  created_at timestamptz not null, primary key (conversation_id, id))`)
const nats = await connect({
  servers: NATS_URL!,
  authenticator: nkeyAuthenticator(new TextEncoder().encode(NATS_SEED)),
})

const readers = new Map<string, Set<WebSocket>>()
nats.subscribe('live.strawman.*', {
  callback: (err, note) => {
    if (err) return
    const event = note.string()
    for (const socket of readers.get(note.subject.slice('live.strawman.'.length)) ?? []) socket.send(event)
  },
})

const server = createServer(async (request, response) => {
  const { conversationId, clientMessageId, text: said } = JSON.parse(await text(request))
  const createdAt = new Date()
  const { rows } = await pool.query({
    name: 'insert',
    text: `insert into messages (conversation_id, client_message_id, text, created_at) values ($1, $2, $3, $4) returning id`,
    values: [conversationId, clientMessageId, said, createdAt],
  })
  const message = JSON.stringify({ id: rows[0].id, conversationId, clientMessageId, text: said, createdAt })
  nats.publish(`live.strawman.${conversationId}`, message)
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(message),
  })
  response.end(message)
})

new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket, request) => {
  const conversationId = request.url!.slice('/live/'.length)
  const known = readers.get(conversationId) ?? new Set()
  readers.set(conversationId, known.add(socket))
  socket.on('error', () => {}).on('close', () => known.delete(socket))
})

server.keepAliveTimeout = 65_000
server.listen(Number(process.env.HTTP_PORT), '127.0.0.1', () => process.send?.({ ready: true }))
process.once('disconnect', () => process.exit())
