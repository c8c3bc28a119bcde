import { createHash } from 'node:crypto'
import { ExpiredCount } from '@candor/contracts/privacy/notice-schemas'
import { ServiceError } from '@candor/rpc/service-error'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import type { Draft } from './preview-policy.ts'

/**
 * Seals what a preview showed: exactly this draft, after this version, from this date, with these counts. Any replica
 * opens it, for half an hour; nothing is stored.
 */
export function sealConfirmation(
  deps: Deps,
  preview: Subject & { firstNight: ExpiredCount[] },
): { token: string; expiresAt: string } {
  const expiresAt = new Date(deps.clock.now().getTime() + validMs).toISOString()
  const content: Content = { of: digest(preview), firstNight: preview.firstNight, expiresAt }
  const sealed = deps.sealer.seal(JSON.stringify(content), context(preview.tenantId))
  return { token: sealed.toString('base64url'), expiresAt }
}

/** What the preview that is confirmed said would go; refused where it was of something else, or too long ago. */
export function openConfirmation(deps: Deps, token: string, subject: Subject): ExpiredCount[] {
  const content = open(deps, token, subject.tenantId)
  if (!content || content.of !== digest(subject))
    throw new ServiceError('conflict', 'the confirmation is of another preview: look at it again')
  if (new Date(content.expiresAt) <= deps.clock.now())
    throw new ServiceError('expired', 'the preview is too old: look at it again')
  return content.firstNight
}

export interface Subject {
  tenantId: string
  draft: Draft
  since: number
  effectiveAt: string | undefined
}

const validMs = 30 * 60_000

const Content = z.object({
  of: z.string(),
  firstNight: z.array(ExpiredCount),
  expiresAt: z.string(),
})
type Content = z.infer<typeof Content>

function context(tenantId: string): string[] {
  return [tenantId, 'policy-preview']
}

function digest({ draft: { pack, policy }, since, effectiveAt }: Subject): string {
  const text = JSON.stringify([pack, policy, since, effectiveAt ?? null])
  return createHash('sha256').update(text).digest('base64url')
}

function open(deps: Deps, token: string, tenantId: string): Content | undefined {
  try {
    return Content.parse(JSON.parse(deps.sealer.open(Buffer.from(token, 'base64url'), context(tenantId))))
  } catch {
    return undefined
  }
}
