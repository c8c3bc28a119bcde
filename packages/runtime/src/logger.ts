import { pino } from 'pino'
import type { DestinationStream } from 'pino'
import { currentTrace } from './trace.ts'

/** The message is a fixed sentence; what varies goes into fields. */
export type Log = Record<Level, (fields: object, message: string) => void>
type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace'

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
      hooks: {
        // Left to itself pino prints an error's message where none is given, and fills values into the one given.
        logMethod([fields, message], method) {
          method.apply(this, [fields instanceof Error ? { err: fields } : fields, String(message ?? '')])
        },
      },
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
  'work',
  'database',
  'snapshot',
  'streams',
  'consumers',
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
function describeError(value: unknown, depth = 0): object {
  if (!(value instanceof Error)) return { type: typeof value }
  const { code, constraint, reason, cause } = value as Error & Record<string, unknown>
  return {
    type: word(value.name),
    code: word(code),
    constraint: word(constraint),
    reason: word(reason),
    frames: framesOf(value),
    ...(cause === undefined || depth === causesMax ? {} : { cause: describeError(cause, depth + 1) }),
  }
}

const causesMax = 4

/** Codes and names are single words; anything longer might quote a value. */
function word(value: unknown): string | number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^[\w.-]{1,80}$/.test(value) ? value : undefined
}

/** A message stands before the frames in a stack, and a line of it may look like one. */
function framesOf({ stack = '', message }: Error): string[] {
  const head = Math.max(0, stack.indexOf(message)) + message.length
  const frames = stack.slice(head).match(/^\s+at .*:\d+:\d+\)?$/gm) ?? []
  return frames.slice(0, 12).map((frame) => frame.trim())
}
