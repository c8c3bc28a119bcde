import { auditedEvent } from '../audit.ts'
import { disposedEvent } from '../disposals.ts'

export const billingAudited = auditedEvent('billing')
export const billingDisposed = disposedEvent('billing')
