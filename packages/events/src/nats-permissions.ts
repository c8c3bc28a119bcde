import { services } from '@candor/contracts/callers'
import type { CallingService, ServiceName } from '@candor/contracts/callers'
import { contracts, events } from '@candor/contracts/catalogue'
import {
  answerSubject,
  eventConsumer,
  eventStream,
  ledgerStream,
  policyStream,
  policySubject,
  rpcSubject,
} from '@candor/contracts/subjects'

/**
 * `admin` creates streams and consumers, and brings back copies of them; it is used by an administrator's jobs alone.
 * `backup` makes those copies and may change nothing. `operator` may knock at every procedure; what it gets is decided there.
 */
export type NatsUser = CallingService | 'backup' | 'admin'
export const natsUsers: NatsUser[] = [...services, 'operator', 'backup', 'admin']

/** Exactly what each NATS user may do, from the contracts: who may call what, who announces and who listens. */
export function natsPermissions(user: NatsUser): Permissions {
  if (user === 'admin')
    return { publish: ['$JS.API.>', '$JS.SNAPSHOT.RESTORE.>'], subscribe: ['_INBOX_admin.>'] }
  if (user === 'backup')
    return {
      publish: [...allStreams.map((stream) => `$JS.API.STREAM.SNAPSHOT.${stream}`), '$JS.SNAPSHOT.ACK.>'],
      subscribe: ['_INBOX_backup.>'],
    }
  if (user === 'operator') return { publish: [rpcSubject('*', '*', user)], subscribe: ['_INBOX_operator.>'] }
  const publish = [...callable(user), ...answerable(user)]
  const subscribe = [`_INBOX_${user}.>`, rpcSubject(user, '*', '*'), policySubject('*'), 'erasures.>']
  for (const stream of [policyStream, ledgerStream])
    publish.push(`$JS.API.STREAM.INFO.${stream}`, `$JS.API.STREAM.MSG.GET.${stream}`)
  // It tells how the streams are; two of them are filled by it.
  if (user === 'privacy') publish.push(policySubject('*'), 'erasures.>', `$JS.API.STREAM.INFO.${eventStream}`)
  const announced = events.filter((event) => event.source === user).map((event) => event.subject)
  if (announced.length > 0) publish.push(...announced, `$JS.API.STREAM.MSG.GET.${eventStream}`)
  for (const source of sourcesOf(user)) {
    const consumer = `${eventStream}.${eventConsumer(user, source)}`
    publish.push(
      `$JS.API.CONSUMER.INFO.${consumer}`,
      `$JS.API.CONSUMER.MSG.NEXT.${consumer}`,
      `$JS.ACK.${consumer}.>`,
    )
  }
  if (user === 'chat') {
    publish.push('live.>')
    subscribe.push('live.>')
  }
  return { publish, subscribe }
}

/** Every stream there is; a key-value bucket is one. */
export const allStreams = [eventStream, policyStream, ledgerStream]

/** The services whose events one listens to. */
export function sourcesOf(listener: ServiceName): ServiceName[] {
  return [
    ...new Set(events.filter((event) => event.listeners.includes(listener)).map((event) => event.source)),
  ]
}

/**
 * The users' part of a nats-server configuration: every user stands inside one account (never mixed with
 * `authorization`). A user may have several keys, while one is exchanged for another. Address, port and store come from the
 * command line or the including file.
 */
export function natsServerConfig(publicKeys: Record<NatsUser, string | readonly string[]>): string {
  const users = natsUsers.flatMap((user) => {
    const { publish, subscribe } = natsPermissions(user)
    return [publicKeys[user]].flat().map(
      (key) => `      { nkey: ${key}, permissions: {
          publish: ${JSON.stringify(publish)}, subscribe: ${JSON.stringify(subscribe)} } }`,
    )
  })
  return `
max_payload: 1MB
accounts {
  CANDOR: { jetstream: enabled, users: [
${users.join('\n')}
  ] }
}
`
}

function callable(caller: CallingService): string[] {
  return Object.values(contracts).flatMap((contract) =>
    Object.entries(contract.procedures)
      .filter(([, procedure]) => procedure.access.includes(caller) && procedure.kind !== 'subscription')
      .map(([name]) => rpcSubject(contract.name, name, caller)),
  )
}

/**
 * Where a service answers each of its callers. Not `allow_responses`: nats-server 2.9 goes through all the answers of the
 * time that this names whenever one more comes.
 */
function answerable(service: ServiceName): string[] {
  const callers = new Set(Object.values(contracts[service].procedures).flatMap(({ access }) => access))
  return [...services, 'operator' as const]
    .filter((caller) => callers.has(caller))
    .map((caller) => answerSubject(`_INBOX_${caller}.*`, service, '*'))
}

interface Permissions {
  publish: string[]
  subscribe: string[]
}
