import { services } from '@candor/contracts/callers'
import type { CallingService } from '@candor/contracts/callers'
import { contracts, events } from '@candor/contracts/catalogue'
import { answerSubject, eventStream, ledgerStream, policyStream } from '@candor/contracts/subjects'
import { natsPermissions, natsUsers } from '@candor/events/nats-permissions'
import type { NatsUser } from '@candor/events/nats-permissions'
import { startTestNats } from '@candor/testing/test-nats'
import type { TestNats } from '@candor/testing/test-nats'
import { connect, nkeyAuthenticator } from '@nats-io/transport-node'
import { createUser } from '@nats-io/nkeys'
import { afterAll, beforeAll, expect, test } from 'vitest'

let nats: TestNats
beforeAll(async () => {
  nats = await startTestNats()
})
afterAll(() => nats[Symbol.asyncDispose]())

const callers: CallingService[] = [...services, 'operator']
const procedures = Object.values(contracts).flatMap((contract) =>
  Object.entries(contract.procedures).map(([name, row]) => ({ service: contract.name, name, row })),
)
const listening = services.flatMap((listener) =>
  services
    .filter((source) => events.some((event) => event.source === source && event.listeners.includes(listener)))
    .map((source) => ({ listener, name: `${listener}-from-${source}` })),
)

const streams = [eventStream, policyStream, ledgerStream, 'OTHER']

/** Every subject that means something here, and some that only a thief would try. */
const publishSubjects = [
  ...procedures.flatMap(({ service, name }) => callers.map((caller) => `rpc.${service}.${name}.${caller}`)),
  ...services.flatMap((service) => callers.map((caller) => `rpc.${service}.madeUp.${caller}`)),
  ...['rpc', 'rpc.chat', 'rpc.chat.postMessage', 'rpc.chat.postMessage.chat.more', 'made.up'],
  ...events.map(({ subject }) => subject),
  ...services.flatMap((service) => [`events.${service}`, `events.${service}.made-up`]),
  ...natsUsers.flatMap((user) => [`_INBOX_${user}.guess`, `_INBOX_${user}.guess.1`]),
  ...natsUsers.flatMap((user) => services.map((service) => `_INBOX_${user}.guess.${service}.1`)),
  'live.tenant.conversation',
  ...['erasures', 'erasures.complete', 'erasures.tenant.entry'],
  ...['$KV.policies', '$KV.policies.tenant', '$KV.policies.a.b', '$KV.other.tenant'],
  ...['INFO', 'STREAM.NAMES', 'STREAM.LIST', 'STREAM.CREATE.MINE'].map(inApi),
  ...streams.flatMap((stream) =>
    [
      ...['INFO', 'UPDATE', 'DELETE', 'PURGE', 'SNAPSHOT', 'RESTORE', 'MSG.GET', 'MSG.DELETE'].map(
        (verb) => `STREAM.${verb}.${stream}`,
      ),
      ...['LIST', 'NAMES', 'CREATE'].map((verb) => `CONSUMER.${verb}.${stream}`),
      ...[`CONSUMER.CREATE.${stream}.mine.>`, `DIRECT.GET.${stream}`, `DIRECT.GET.${stream}.live.>`],
    ].map(inApi),
  ),
  ...listening.flatMap(({ name }) => [
    ...['CREATE', 'DURABLE.CREATE', 'DELETE', 'INFO', 'MSG.NEXT'].map((verb) =>
      inApi(`CONSUMER.${verb}.EVENTS.${name}`),
    ),
    `$JS.ACK.EVENTS.${name}.1.1.1.1.1`,
  ]),
  ...['ACK', 'RESTORE'].map((step) => `$JS.SNAPSHOT.${step}.EVENTS.guess`),
  ...['$SYS.REQ.SERVER.PING', '$SRV.PING'],
]

const subscribeSubjects = [
  ...services.flatMap((service) => [`rpc.${service}.*.*`, `rpc.${service}.>`]),
  ...procedures.flatMap(({ service, name }) => callers.map((caller) => `rpc.${service}.${name}.${caller}`)),
  ...natsUsers.flatMap((user) => [`_INBOX_${user}.>`, `_INBOX_${user}.guess`]),
  ...services.map((service) => `events.${service}.*`),
  ...events.map(({ subject }) => subject),
  ...['>', '*', '*.>', 'rpc.>', 'rpc.*.*.*', 'events.>', 'live.>', 'live.tenant.*', '_INBOX.>', '_INBOX_*.>'],
  ...['$KV.>', '$KV.policies.>', '$KV.policies.*', '$KV.policies.tenant', '$KV.other.tenant'],
  ...['erasures.>', 'erasures.*.*', 'erasures.complete', 'erasures'],
  ...['$JS.>', '$JS.API.>', '$JS.ACK.>', '$SYS.>', '$JS.EVENT.ADVISORY.>', 'made.up'],
]

function inApi(rest: string): string {
  return `$JS.API.${rest}`
}

/** What the contracts say that a user may publish, read from them here once more. */
function mayPublish(user: NatsUser, subject: string): boolean {
  if (user === 'admin') return /^\$JS\.(API|SNAPSHOT\.RESTORE)\./.test(subject)
  if (user === 'backup')
    return /^\$JS\.(API\.STREAM\.SNAPSHOT\.(EVENTS|KV_policies|ERASURES)$|SNAPSHOT\.ACK\.)/.test(subject)
  if (user === 'operator') return /^rpc\.\w+\.\w+\.operator$/.test(subject)
  if (subject.startsWith('live.')) return user === 'chat'
  if (subject === '$KV.policies.tenant' || subject.startsWith('erasures.')) return user === 'privacy'
  if (subject === '$JS.API.STREAM.INFO.EVENTS') return user === 'privacy'
  if (/^\$JS\.API\.STREAM\.(INFO|MSG\.GET)\.(KV_policies|ERASURES)$/.test(subject)) return true
  const [kind, service, name, caller, ...more] = subject.split('.')
  if (kind === 'rpc') {
    if (more.length > 0) return false
    const row = procedures.find((procedure) => procedure.service === service && procedure.name === name)?.row
    return caller === user && row !== undefined && row.kind !== 'subscription' && row.access.includes(user)
  }
  if (kind?.startsWith('_INBOX_')) {
    const asking = callers.find((one) => kind === `_INBOX_${one}`)
    const isAsked = procedures.some(({ service: of, row }) => of === user && row.access.includes(asking!))
    return name === user && caller === '1' && asking !== undefined && isAsked
  }
  if (kind === 'events') return service === user && events.some((event) => event.subject === subject)
  if (subject === '$JS.API.STREAM.MSG.GET.EVENTS') return events.some(({ source }) => source === user)
  const own = listening.filter(({ listener }) => listener === user)
  return own.some(({ name: consumer }) =>
    [
      `$JS.API.CONSUMER.INFO.EVENTS.${consumer}`,
      `$JS.API.CONSUMER.MSG.NEXT.EVENTS.${consumer}`,
      `$JS.ACK.EVENTS.${consumer}.1.1.1.1.1`,
    ].includes(subject),
  )
}

function maySubscribe(user: NatsUser, subject: string): boolean {
  if (subject.startsWith(`_INBOX_${user}.`)) return true
  if (['admin', 'backup', 'operator'].includes(user)) return false
  if (subject.startsWith('live.')) return user === 'chat'
  if (subject.startsWith('erasures.')) return true
  // The server takes the last of these for the first; there is nothing deeper to hear, for nobody may write it.
  if (['$KV.policies.*', '$KV.policies.tenant', '$KV.policies.>'].includes(subject)) return true
  return subject.startsWith(`rpc.${user}.`) && subject !== `rpc.${user}.>`
}

/** Tries every subject as a user, and tells which of them the server refused. */
async function refused(user: NatsUser): Promise<{ publish: Set<string>; subscribe: Set<string> }> {
  const connection = await nats.connect(user)
  const found = { publish: new Set<string>(), subscribe: new Set<string>() }
  const watching = (async () => {
    for await (const status of connection.status()) {
      const text = status.type === 'error' ? String(status.error) : ''
      const [, operation, subject] = /(Publish|Subscription) to "(\S+)"/.exec(text) ?? []
      if (subject) found[operation === 'Publish' ? 'publish' : 'subscribe'].add(subject)
    }
  })()
  for (const subject of subscribeSubjects) connection.subscribe(subject, { callback: () => {} })
  for (const subject of publishSubjects) connection.publish(subject, '', { reply: `_INBOX_${user}.reply` })
  // The server answers in order: what it refused has been told before this returns.
  await connection.flush()
  await connection.close()
  await watching
  return found
}

test.for(natsUsers.toSorted((a) => (a === 'admin' ? 1 : -1)))(
  '%s may publish and hear exactly what the contracts say, and everything else is refused by the server',
  async (user) => {
    const { publish, subscribe } = await refused(user)
    const wrong = [
      ...publishSubjects
        .filter((subject) => publish.has(subject) === mayPublish(user, subject))
        .map((s) => `publish ${s}`),
      ...subscribeSubjects
        .filter((subject) => subscribe.has(subject) === maySubscribe(user, subject))
        .map((s) => `hear ${s}`),
    ]
    expect(wrong).toEqual([])
  },
)

/** Whether one of the patterns declared covers a subject, by the rules of NATS. */
function covers(patterns: string[], subject: string): boolean {
  const tokens = subject.split('.')
  return patterns.some((pattern) => {
    const parts = pattern.split('.')
    const open = parts.at(-1) === '>' ? parts.length - 1 : undefined
    if (open === undefined ? tokens.length !== parts.length : tokens.length <= open) return false
    return parts.slice(0, open).every((part, place) => part === '*' || part === tokens[place])
  })
}

test.for(natsUsers)(
  'what is declared for %s is what the contracts say, and each word of it was tried',
  (user) => {
    const declared = natsPermissions(user)
    expect(publishSubjects.filter((s) => covers(declared.publish, s) !== mayPublish(user, s))).toEqual([])
    const untried = [
      ...declared.publish.filter((pattern) => !publishSubjects.some((s) => covers([pattern], s))),
      ...declared.subscribe.filter((pattern) => !subscribeSubjects.some((s) => covers([pattern], s))),
    ]
    expect(untried).toEqual([])
  },
)

test('the subjects that were tried cover every procedure, event, user and consumer there is', () => {
  expect(procedures.length).toBeGreaterThan(60)
  expect(publishSubjects.length).toBeGreaterThan(procedures.length * callers.length)
  expect(listening.map(({ name }) => name)).toContain('billing-from-chat')
  expect(natsUsers.length * (publishSubjects.length + subscribeSubjects.length)).toBeGreaterThan(20_000)
})

test('whoever brings no key, or one that nobody knows, does not get in', async () => {
  const stranger = nkeyAuthenticator(createUser().getSeed())
  for (const authenticator of [undefined, stranger]) {
    const attempt = connect({
      servers: nats.url,
      ...(authenticator ? { authenticator } : {}),
      reconnect: false,
    })
    await expect(attempt).rejects.toThrow(/authorization/i)
  }
})

test("nobody but the one who asked sees an answer, and nobody can answer in another's place", async () => {
  const [privacy, chat, thief] = [
    await nats.connect('privacy'),
    await nats.connect('chat'),
    await nats.connect('billing'),
  ]
  const heard: string[] = []
  for (const subject of ['_INBOX_privacy.>', 'rpc.chat.exportSubject.privacy', 'rpc.chat.*.*'])
    thief.subscribe(subject, { callback: (_err, message) => void heard.push(message?.subject) })
  thief.subscribe('rpc.chat.*.*', {
    queue: 'chat',
    callback: (_err, message) => void heard.push(message?.subject),
  })
  chat.subscribe('rpc.chat.*.*', {
    queue: 'chat',
    callback: (_err, message) => {
      thief.publish(message.reply!, 'forged')
      void thief.flush().then(() => message.respond('genuine'))
    },
  })
  const answers: string[] = []
  privacy.subscribe('_INBOX_privacy.mine.>', {
    callback: (_err, message) => void answers.push(message.string()),
  })
  await Promise.all([chat.flush(), thief.flush(), privacy.flush()])
  for (let call = 1; call <= 5; call++) {
    const reply = answerSubject('_INBOX_privacy.mine', 'chat', String(call))
    privacy.publish('rpc.chat.exportSubject.privacy', '', { reply })
  }
  await expect.poll(() => answers).toEqual(Array(5).fill('genuine'))
  expect(heard.filter(Boolean)).toEqual([])
})
