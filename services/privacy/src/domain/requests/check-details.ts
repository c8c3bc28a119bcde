import type { RequestDetails } from '@candor/contracts/privacy/request-shapes'
import type { RequestKind } from '@candor/contracts/policy/policy'
import { Email, PersonName } from '@candor/contracts/fields'
import { Phone } from '@candor/contracts/chat/schemas'
import { badInput } from '@candor/rpc/service-error'
import { acts } from './acts.ts'

/** The details that the kind needs and no others; refuses what the field that is to be corrected could not hold. */
export function checkDetails(kind: RequestKind, given: RequestDetails): RequestDetails | undefined {
  const { needs } = acts[kind]
  if (!needs) return undefined
  const detail = given[needs]
  if (!detail) throw badInput(needs, `a request for ${kind} needs it`)
  if (!given.correction || needs !== 'correction') return { [needs]: detail }
  const { field, to } = given.correction
  const checked = fields[field].safeParse(to)
  if (!checked.success) throw badInput('correction.to', `is no ${field}`)
  return { correction: { ...given.correction, to: checked.data } }
}

const fields = { name: PersonName, email: Email, phone: Phone }
