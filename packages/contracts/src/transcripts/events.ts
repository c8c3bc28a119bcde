import { auditedEvent } from '../audit.ts'

export const transcriptsAudited = auditedEvent('transcripts')
