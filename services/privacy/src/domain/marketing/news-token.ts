import { z } from 'zod'
import { ServiceError } from '@candor/rpc/service-error'
import type { Sealer } from '../../sealing/sealer.ts'

/**
 * What a link in a letter carries instead of a sign-in: tenant, address and what it is for, sealed, so that nobody reads
 * the address from it or makes one up, and nothing has to be stored.
 */
export function sealNewsToken(sealer: Sealer, content: NewsToken): string {
  return sealer.seal(JSON.stringify(content), [context]).toString('base64url')
}

export function openNewsToken(sealer: Sealer, token: string): NewsToken {
  try {
    return NewsToken.parse(JSON.parse(sealer.open(Buffer.from(token, 'base64url'), [context])))
  } catch {
    throw new ServiceError('bad-credentials', 'this link is not from one of our letters')
  }
}

const context = 'news-token'

const NewsToken = z.object({
  tenantId: z.uuid(),
  email: z.string(),
  for: z.enum(['stop-service-news', 'stop-offers', 'confirm-offers']),
  until: z.iso.datetime().nullable(),
})
type NewsToken = z.infer<typeof NewsToken>
