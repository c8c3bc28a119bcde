import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readConfig } from '@candor/local/config'
import { freePorts } from '@candor/local/processes/free-port'
import { guardedFolder } from '@candor/local/processes/guarded-folder'
import { startStack } from '@candor/local/stack/stack'
import { clientsOf } from '../story/clients.ts'
import type { Clients } from '../story/clients.ts'
import { watchConversation, watchInbox } from '../story/watch.ts'
import { cpuMs } from './bench/process-cost.ts'
import { madeUpText } from './made-up-text.ts'
import { readSizes } from './read-sizes.ts'

const {
  messages,
  'per-second': perSecond,
  seconds,
} = readSizes(
  `CPU time that conversations take of each process of a platform that is far from busy: each is started, taken, written and
read by both sides live, closed and archived. What the processes use while nobody comes is taken off and told besides.
Prints; judges nothing.`,
  { messages: 20, 'per-second': 3, seconds: 40 },
)
const idleSeconds = 10
const { sentence } = madeUpText()

await using folder = guardedFolder('load')
const dataDir = folder.path
const [port] = await freePorts(1)
const config = readConfig({ ...process.env, CANDOR_DATA: dataDir, CANDOR_PORT: String(port) })
const stack = await startStack(config, { step: (_, work) => work(), report: console.log })
try {
  const anyone = clientsOf(stack.publicUrl)
  const { email, password } = stack.demo.agent
  const { accessToken } = await anyone.identity.signIn.mutate({ email, password })
  const staff = clientsOf(stack.publicUrl, accessToken)
  const inbox = watchInbox(staff)
  await Promise.all(Array.from({ length: 10 }, () => hold(staff)))
  const before = processes()
  await pause(idleSeconds * 1_000)
  const idle = processes()
  const startedAt = performance.now()
  const held: Promise<void>[] = []
  for (let n = 0; n < perSecond * seconds; n++) {
    held.push(hold(staff))
    await pause(startedAt + ((n + 1) * 1_000) / perSecond - performance.now())
  }
  await Promise.all(held)
  const tookSeconds = (performance.now() - startedAt) / 1_000
  const after = processes()
  inbox.stop()
  console.log(
    `${held.length} conversations of ${messages} messages in ${tookSeconds.toFixed(0)} s\n` +
      'CPU'.padEnd(16) +
      'ms a conversation   ms a second idle'.padStart(40),
  )
  const rows = [...after].map(([name, used]) => {
    const idlePerSecond = (idle.get(name)! - before.get(name)!) / idleSeconds
    return { name, idlePerSecond, each: (used - idle.get(name)! - idlePerSecond * tookSeconds) / held.length }
  })
  const all = { name: 'all', idlePerSecond: sum(rows, 'idlePerSecond'), each: sum(rows, 'each') }
  for (const { name, each, idlePerSecond } of [...rows, all])
    console.log(`${name.padEnd(16)}${each.toFixed(1).padStart(21)}${idlePerSecond.toFixed(1).padStart(19)}`)
} finally {
  await stack.stop()
}

/** From the first word to the last, two messages a second; both sides read along. */
async function hold(staff: Clients): Promise<void> {
  const session = await clientsOf(stack.publicUrl).identity.startVisitorSession.mutate({
    widgetKey: stack.demo.widgetKey,
  })
  const visitor = clientsOf(stack.publicUrl, session.accessToken)
  const email = `${randomUUID()}@example.com`
  const started = await visitor.chat.startConversation.mutate({
    name: 'Ada Okoro',
    email,
    text: sentence(15),
  })
  const conversationId = started.conversation.id
  await staff.chat.takeConversation.mutate({ conversationId })
  const streams = [visitor, staff].map((reader) => watchConversation(reader, conversationId))
  for (let n = 1; n < messages; n++) {
    await pause(500)
    const writer = n % 2 === 0 ? visitor : staff
    await writer.chat.postMessage.mutate({
      conversationId,
      clientMessageId: randomUUID(),
      text: sentence(15),
    })
  }
  await staff.chat.closeConversation.mutate({ conversationId })
  for (const stream of streams) stream.stop()
}

/** CPU time until now of every program of the platform; the client and the balancer run in this process and are none. */
function processes(): Map<string, number> {
  const children: [pid: number, identity: string][] = JSON.parse(
    readFileSync(join(dataDir, 'children.json'), 'utf8'),
  )
  return new Map(children.map(([pid]) => [nameOf(pid), cpuMs(pid, { withChildren: true })]))
}

function nameOf(pid: number): string {
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  const own = words
    .map((word) => /services\/(\w+)\/|(postgres|nats-server|payments)/.exec(word))
    .find(Boolean)
  return own?.[1] ?? own?.[2] ?? words.join(' ')
}

function sum<Key extends string>(rows: Record<Key, number>[], key: Key): number {
  return rows.reduce((total, row) => total + row[key], 0)
}
