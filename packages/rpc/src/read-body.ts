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
  const chunks: Buffer[] = []
  let bytes = 0
  // Ending the loop must not end the connection: the refusal goes out on it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > bytesMax) throw new ServiceError('too-large', `the request is larger than ${bytesMax} bytes`)
    chunks.push(chunk)
  }
  const body = Buffer.concat(chunks)
  if (!isUtf8(body)) throw new ServiceError('bad-input', 'the request is not valid UTF-8')
  return body.toString()
}

function isWellEncoded(url = ''): boolean {
  try {
    decodeURIComponent(url)
    return true
  } catch {
    return false
  }
}
