import { connect } from 'node:net'
import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startKiosk } from './start-kiosk.ts'
import type { Kiosk } from './start-kiosk.ts'

let kiosk: Kiosk
beforeAll(async () => {
  kiosk = await startKiosk()
})
afterAll(() => kiosk[Symbol.asyncDispose]())

test('a subscription sent behind a call on the same connection begins once that call is answered', async () => {
  const token = await kiosk.token.visitor()
  const head = (line: string) => `${line} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n`
  const input = encodeURIComponent(JSON.stringify({ to: 2 }))
  const body = JSON.stringify({ id: crypto.randomUUID(), title: 'Weekly', meta: null })
  const post = head('POST /trpc/chat/renamePaper')
  const socket = connect(kiosk.port, '127.0.0.1')
  let heard = ''
  socket.on('data', (data) => (heard += data))
  socket.write(
    `${post}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}` +
      `${head(`GET /trpc/chat/ticks?input=${input}`)}\r\n`,
  )
  await settle(() => expect(heard).toContain('"tick":2'))
  expect(heard.indexOf('Weekly')).toBeLessThan(heard.indexOf('"tick":1'))
  socket.destroy()
})
