import { findErrorData } from '@candor/client/call-error'
import type { ErrorReason } from '@candor/contracts/errors'

/** Puts whatever a call threw into words that a person can act on. */
export function problemOf(error: unknown): Problem {
  const data = findErrorData(error)
  if (!data) return { ...offline, fields: [] }
  const known = texts[data.reason]
  const wait = data.retryAfterSeconds
  return {
    reason: data.reason,
    title: known?.title ?? 'Something went wrong',
    message: wait ? `Please wait ${waitText(wait)} and try again.` : (known?.message ?? serverMessage(error)),
    retryable: data.retryable,
    fields: data.fields ?? [],
    ...(data.traceId ? { traceId: data.traceId } : {}),
  }
}

export function reasonOf(error: unknown): ErrorReason | 'offline' {
  return findErrorData(error)?.reason ?? 'offline'
}

function serverMessage(error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  return message
    ? `${message.charAt(0).toUpperCase()}${message.slice(1)}.`.replace('..', '.')
    : 'Please try again.'
}

function waitText(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} seconds` : `${Math.ceil(seconds / 60)} minutes`
}

const offline = {
  reason: 'offline' as const,
  title: 'No connection',
  message: 'Candor could not be reached. Check your connection and try again.',
  retryable: true,
}

const texts: Partial<Record<ErrorReason, { title: string; message?: string }>> = {
  'bad-input': { title: 'Please check what you entered', message: 'The marked fields say what is wrong.' },
  'not-signed-in': { title: 'You are signed out', message: 'Sign in again to go on.' },
  'bad-credentials': { title: 'That did not match', message: 'Check what you entered and try again.' },
  forbidden: { title: 'Not yours to see', message: 'Your role does not allow this. An owner can change it.' },
  'other-purpose': { title: 'Not for this purpose', message: 'Your privacy notice names no such purpose.' },
  'briefing-overdue': { title: 'First the briefing', message: 'Acknowledge the privacy briefing to go on.' },
  'not-found': { title: 'Not found', message: 'It does not exist, or it has been erased.' },
  conflict: { title: 'That is not possible' },
  closed: { title: 'Conversation closed', message: 'It takes no further messages.' },
  'no-address': { title: 'No address', message: 'This contact gave no e-mail address.' },
  expired: { title: 'Too late', message: 'This link has expired. Ask for a new one.' },
  'too-large': { title: 'Too large', message: 'Please shorten it and try again.' },
  'too-many': { title: 'Too many attempts', message: 'Please wait a moment and try again.' },
  unavailable: {
    title: 'Not available right now',
    message: 'A part of Candor is not answering. Try again shortly.',
  },
  timeout: { title: 'That took too long', message: 'A part of Candor is slow to answer. Try again shortly.' },
  internal: { title: 'Something went wrong', message: 'It is our fault and has been noted.' },
}

export interface Problem {
  reason: ErrorReason | 'offline'
  title: string
  message: string
  retryable: boolean
  fields: { path: string; message: string }[]
  traceId?: string
}
