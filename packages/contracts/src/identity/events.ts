import { z } from 'zod'
import { auditedEvent } from '../audit.ts'
import { disposedEvent } from '../disposals.ts'
import { event } from '../event.ts'
import { Id } from '../fields.ts'

export const businessSignedUp = event('identity', 'business-signed-up', {
  summary: 'A business opened an account; its trial starts.',
  listeners: ['billing', 'privacy'],
  payload: z.object({ ownerId: Id, country: z.string() }),
})

export const staffChanged = event('identity', 'staff-changed', {
  summary: 'A member of staff joined, or changed name or role; ask `getStaffNames` for the name.',
  listeners: ['chat', 'transcripts'],
  payload: z.object({ userId: Id }),
})

export const identityAudited = auditedEvent('identity')
export const identityDisposed = disposedEvent('identity')
