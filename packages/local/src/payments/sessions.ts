import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { HttpError } from '../pages/http-server.ts'
import type { Session, State } from './state.ts'

/** Opens a checkout; the same idempotency key answers with the same checkout. */
export function createSession(state: State, body: string, idempotencyKey: string | undefined): Session {
  const bodyHash = createHash('sha256').update(body).digest('hex')
  const known = state.sessions.find(
    ({ idempotency }) => idempotencyKey && idempotency?.key === idempotencyKey,
  )
  if (known?.idempotency?.bodyHash === bodyHash) return known
  if (known) throw new HttpError(409, 'This idempotency key was used with another request.')
  const session: Session = {
    ...parseRequest(body),
    id: newId('cs'),
    paymentId: newId('pay'),
    createdAt: new Date().toISOString(),
    status: 'open',
    refundedMinor: 0,
    idempotency: idempotencyKey ? { key: idempotencyKey, bodyHash } : null,
  }
  state.sessions.push(session)
  return session
}

/** Takes back a part of a payment, or what is left of it. */
export function refund(session: Session, amountMinor = session.amountMinor - session.refundedMinor): void {
  if (session.status !== 'paid') throw new HttpError(409, 'This payment was not made.')
  const leftMinor = session.amountMinor - session.refundedMinor
  if (!Number.isInteger(amountMinor) || amountMinor < 1 || amountMinor > leftMinor) {
    throw new HttpError(409, `A refund of ${amountMinor} is not possible; ${leftMinor} are left.`)
  }
  session.refundedMinor += amountMinor
}

export function getSession(state: State, id: string | undefined): Session {
  const session = state.sessions.find((candidate) => candidate.id === id)
  if (!session) throw new HttpError(404, 'There is no such checkout.')
  return session
}

export function getPayment(state: State, paymentId: string | undefined): Session {
  const session = state.sessions.find((candidate) => candidate.paymentId === paymentId)
  if (!session) throw new HttpError(404, 'There is no such payment.')
  return session
}

export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`
}

function parseRequest(body: string): z.infer<typeof SessionRequest> {
  const parsed = SessionRequest.safeParse(parseJson(body))
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new HttpError(400, problems.join('; '))
}

export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw new HttpError(400, 'The body is not JSON.')
  }
}

const Url = z.url({ protocol: /^https?$/ })

const SessionRequest = z.object({
  reference: z.string().min(1).max(200),
  description: z.string().min(1).max(500),
  amountMinor: z.number().int().min(1).max(99_999_999),
  currency: z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code'),
  successUrl: Url,
  cancelUrl: Url,
  webhookUrl: Url,
})
