import { setTimeout as delay } from 'node:timers/promises'
import type { ServiceName } from '@candor/contracts/callers'
import { services } from '@candor/contracts/callers'
import type { Complaint, Finding } from '@candor/runtime/check-up'
import { createInbox, headers, PermissionViolationError } from '@nats-io/transport-node'
import type { NatsConnection } from '@nats-io/transport-node'
import { natsPermissions } from './nats-permissions.ts'

/**
 * Tries each subject that the contracts give this service, and some they do not, without any effect: what is sent is a
 * piece of JSON, which every door refuses before it does anything, and names a last message that no stream has, so that none stores it.
 */
export async function tryPermissions(nats: NatsConnection, service: ServiceName): Promise<Finding> {
  const { publish, subscribe } = natsPermissions(service)
  const other = services.find((each) => each !== service)!
  const wanted = [...publish.map(toSubject), ...subscribe.map(listening)]
  const unwanted = [
    '$JS.API.STREAM.NAMES',
    `$JS.API.STREAM.PURGE.${probe}`,
    `events.${other}.${probe}`,
    listening(`_INBOX_${other}.${probe}`),
  ]
  const refused = await findRefused(nats, service, [...wanted, ...unwanted])
  const lacking = wanted.filter((each) => !refused.has(each))
  const missing = wanted.filter((each) => refused.has(each))
  const tooMuch = unwanted.filter((each) => !refused.has(each))
  return {
    found: `${lacking.length} of ${wanted.length} granted, ${unwanted.length - tooMuch.length} of ${unwanted.length} others refused`,
    wrong: [
      ...summary(
        missing,
        'may not',
        'its configuration is older than this release, or this is the seed of another user',
      ),
      ...summary(
        tooMuch,
        'may, and should not,',
        'this is the seed of another user, or its configuration was changed by hand',
      ),
    ],
  }
}

function summary(subjects: string[], may: string, why: string): Complaint[] {
  if (subjects.length === 0) return []
  const shown = subjects.slice(0, 5).join(', ')
  const more = subjects.length > 5 ? ` and ${subjects.length - 5} more` : ''
  return [
    {
      what: `this user ${may} use ${shown}${more}`,
      toDo: `In the server, ${why}: apply the configuration that npm run manifests writes, and restart NATS one by one.`,
    },
  ]
}

/** A word that no service, stream or person has for a name. */
const probe = 'doctor'

/** A word will not do: to a consumer it is as good as `1`, and takes an event away. */
const pieceOfJson = '{'

/** Larger than any sequence number: no stream's last message has it. */
const impossible = String(Number.MAX_SAFE_INTEGER)

function toSubject(pattern: string): string {
  return pattern
    .split('.')
    .map((token) => (token === '*' || token === '>' ? probe : token))
    .join('.')
}

function listening(pattern: string): string {
  return `listen ${pattern}`
}

/** The server answers in order: once it has answered a ping, it has refused whatever it refuses. */
async function findRefused(
  nats: NatsConnection,
  service: ServiceName,
  attempts: readonly string[],
): Promise<ReadonlySet<string>> {
  const refused = new Set<string>()
  void watchRefusals(nats, refused)
  const expectation = headers()
  expectation.set('Nats-Expected-Last-Sequence', impossible)
  const reply = createInbox(`_INBOX_${service}`)
  for (const attempt of attempts) {
    if (attempt.startsWith('listen ')) {
      // An error that nobody listens for would end the process.
      nats.subscribe(attempt.slice('listen '.length), { callback: () => {} }).unsubscribe()
    } else nats.publish(attempt, pieceOfJson, { headers: expectation, reply })
  }
  await Promise.race([nats.flush(), endOfPatience()])
  // What the answer came with has still to be told.
  await new Promise((resolve) => setImmediate(resolve))
  return refused
}

/** The client would wait for as long as the connection stands. */
async function endOfPatience(): Promise<never> {
  await delay(5_000, undefined, { ref: false })
  throw new Error('no answer within 5 s')
}

/** Ends with the connection. */
async function watchRefusals(nats: NatsConnection, refused: Set<string>): Promise<void> {
  for await (const event of nats.status()) {
    if (event.type !== 'error' || !(event.error instanceof PermissionViolationError)) continue
    const { operation, subject } = event.error
    refused.add(operation === 'publish' ? subject : listening(subject))
  }
}
