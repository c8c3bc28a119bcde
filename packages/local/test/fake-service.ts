// A small program for tests: answers its number and takes orders by address.
import { createServer } from 'node:http'

if (process.env.REFUSE_TO_START) {
  console.error('this is why')
  process.exit(3)
}
if (process.env.IGNORE_SIGTERM) process.on('SIGTERM', () => {})

createServer((request, response) => {
  if (request.url === '/crash') process.exit(1)
  response.end(String(process.pid))
}).listen(Number(process.env.HTTP_PORT), '127.0.0.1', () => console.log('listening'))
