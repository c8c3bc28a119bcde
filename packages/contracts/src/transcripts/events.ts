import { auditedEvent } from '../audit.ts'
import { disposedEvent } from '../disposals.ts'

export const transcriptsAudited = auditedEvent('transcripts')
export const transcriptsDisposed = disposedEvent('transcripts')
