import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { Rename } from './small-contract.ts'

// What a POST of JSON costs at the least: Node's own server, JSON and zod.

const server = createServer(async (request, response) => {
  const body = JSON.stringify({ result: { data: Rename.parse(JSON.parse(await text(request))) } })
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
  response.end(body)
})
server.keepAliveTimeout = 65_000
server.listen(Number(process.env.HTTP_PORT), '127.0.0.1', () => process.send?.({ ready: true }))
process.once('disconnect', () => process.exit())
