import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { ServiceError } from './service-error.ts'

/**
 * Reads a request's body as text. Throws what the caller did wrong: too much, not JSON by its own account, or bytes
 * that are not UTF-8, which would be stored as something the caller never wrote.
 */
export async function readBody(request: IncomingMessage, bytesMax: number): Promise<string | undefined> {
  if (!isWellEncoded(request.url)) throw new ServiceError('bad-input', 'the address is not valid UTF-8')
  if (request.method === 'GET' || request.method === 'HEAD') return undefined
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
    throw new ServiceError('unsupported-media', 'the request must be application/json')
  const body = await collect(request, bytesMax)
  if (!isUtf8(body)) throw new ServiceError('bad-input', 'the request is not valid UTF-8')
  return body.toString()
}

/** By events, which cost less than iterating over the stream. */
function collect(request: IncomingMessage, bytesMax: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= bytesMax) return void chunks.push(chunk)
      // What still comes is let pass by: the refusal goes out on the same connection.
      chunks.length = 0
      reject(new ServiceError('too-large', `the request is larger than ${bytesMax} bytes`))
    })
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
    request.on('error', reject)
    request.on('close', () => request.complete || reject(new Error('the caller broke off')))
  })
}

function isWellEncoded(url = ''): boolean {
  try {
    decodeURIComponent(url)
    return true
  } catch {
    return false
  }
}
