import type { CallerKind, ServiceName } from '@candor/contracts/callers'
import type { ProcedureKind } from '@candor/contracts/contract'
import type { ErrorReason } from '@candor/contracts/errors'

/** The contracts as the page shows them. */
export interface ApiReference {
  services: { name: string; procedures: ProcedureReference[] }[]
  /** What every service answers to. */
  shared: ProcedureReference[]
  events: { subject: string; listeners: readonly ServiceName[]; summary: string }[]
  errors: { reason: string; code: string; retryable: boolean }[]
}

export interface ProcedureReference {
  name: string
  kind: ProcedureKind
  summary: string
  callers: readonly CallerKind[]
  purpose: string
  /** As TypeScript would write the type, in one line. */
  input: string
  output: string
  errors: readonly ErrorReason[]
  isInternal: boolean
}
