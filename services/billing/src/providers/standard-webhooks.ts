import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/**
 * Checks a webhook signed as Standard Webhooks says and answers its id. The signature covers id, time and the bytes of
 * the body; one whose time is too far from ours is refused as well, so that an old one cannot be played again.
 */
export function verifyWebhook(options: {
  /** Two while ours is exchanged. */
  secrets: readonly Buffer[]
  headers: IncomingHttpHeaders
  rawBody: Buffer
  now: Date
}): string | undefined {
  const id = String(options.headers['webhook-id'] ?? '')
  const timestamp = String(options.headers['webhook-timestamp'] ?? '')
  const signatures = String(options.headers['webhook-signature'] ?? '').split(' ')
  if (!/^[\w.:-]{1,200}$/.test(id) || !/^\d{1,12}$/.test(timestamp)) return undefined
  const ageSeconds = options.now.getTime() / 1000 - Number(timestamp)
  if (Math.abs(ageSeconds) > toleranceSeconds) return undefined
  const given = signatures.slice(0, signaturesMax)
  const isSignedBy = (secret: Buffer) => {
    const expected = createHmac('sha256', secret)
      .update(`${id}.${timestamp}.`)
      .update(options.rawBody)
      .digest()
    return given.some((signature) => isSame(signature, expected))
  }
  return options.secrets.some(isSignedBy) ? id : undefined
}

/** How far the clock of who signs may be from ours. */
export const toleranceSeconds = 300
/** More than one while the provider signs by its old secret and its new one. */
const signaturesMax = 10

function isSame(signature: string, expected: Buffer): boolean {
  if (!signature.startsWith('v1,')) return false
  const given = Buffer.from(signature.slice('v1,'.length), 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
