import { pino } from 'pino'
import type { DestinationStream, Logger } from 'pino'
import { currentTrace } from './trace.ts'

export type Log = Logger

/**
 * JSON lines on stdout. Only the fields named here get out, and only as numbers, booleans or short strings: what a
 * deny-list forgets, an allow-list never prints. Error messages stay inside, for they quote values.
 */
export function createLogger(
  options: { service: string; level: string },
  destination?: DestinationStream,
): Log {
  return pino(
    {
      level: options.level,
      base: { service: options.service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: allowed },
      mixin: () => ({ traceId: currentTrace()?.traceId }),
    },
    destination,
  )
}

const allowedFields = new Set([
  'service',
  'procedure',
  'kind',
  'door',
  'reason',
  'code',
  'durationMs',
  'caller',
  'tenantId',
  'requestId',
  'conversationId',
  'eventId',
  'eventType',
  'consumer',
  'attempts',
  'count',
  'bytes',
  'port',
  'signal',
  'stop',
  'migration',
  'version',
  'step',
  'status',
  'state',
  'table',
  'retryInMs',
  'method',
  'host',
  'traceId',
  'holder',
])

function allowed(fields: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'err') out.err = describeError(value)
    else if (allowedFields.has(name) && isPlain(value)) out[name] = value
  }
  return out
}

function isPlain(value: unknown): boolean {
  return (
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    (typeof value === 'string' && value.length <= 200)
  )
}

/** Where an error was thrown and of what kind, without its message. */
function describeError(value: unknown): object {
  if (!(value instanceof Error)) return { type: typeof value }
  const { code, constraint, reason, cause } = value as Error & Record<string, unknown>
  return {
    type: value.name,
    code,
    constraint,
    reason,
    frames: value.stack
      ?.match(/^\s+at .*$/gm)
      ?.slice(0, 12)
      .map((frame) => frame.trim()),
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  }
}
