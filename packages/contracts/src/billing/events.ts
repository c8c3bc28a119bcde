import { auditedEvent } from '../audit.ts'

export const billingAudited = auditedEvent('billing')
