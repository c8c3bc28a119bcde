import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { services } from '@candor/contracts/callers'
import type { ServiceName } from '@candor/contracts/callers'
import { tellAgain } from '@candor/events/tell-again'
import { findPostgresTools } from '@candor/local/servers/find-postgres-tools'
import { expect, test } from 'vitest'
import { searchEverywhere } from '../conformance/search-everywhere.ts'
import { closedChat, newPerson, openBusiness, proveRequest } from '../conformance/world.ts'
import type { OpenPlace } from '../conformance/world.ts'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { refusal } from '../story/expect.ts'
import { openMailbox } from '../story/mailbox.ts'
import { until } from '../story/until.ts'
import { dumpDatabase, restoreDatabase } from './dump.ts'
import { isTold } from './is-told.ts'

const tools = await findPostgresTools().catch((err: Error) => {
  console.warn(`Restoring from dumps is not rehearsed on this machine: ${err.message}.`)
  return ''
})

async function openWorld(stack: Stack): Promise<OpenPlace> {
  const databases = Object.fromEntries(services.map((name) => [name, stack.databases[name].superuserUrl]))
  const platform = {
    url: stack.url,
    mailbox: openMailbox(stack.url),
    now: stack.clock.now,
    search: (words: readonly string[]) =>
      searchEverywhere({ databases, folders: { stream: stack.folders.stream }, log: () => '' }, words),
  }
  return { ...platform, pack: 'candor', business: await openBusiness(platform) }
}

/** Looks for a person by everything that could show them, again and again. Answers what it was shown, and how often it was answered. */
async function lookFor(world: OpenPlace, conversationId: string, words: readonly string[]) {
  const agent = await world.business.agent()
  const ways = [
    () => agent.chat.listMessages.query({ conversationId }),
    () => agent.chat.listConversations.query({ status: 'closed' }),
    () => agent.chat.listContacts.query({}),
    () => agent.transcripts.getTranscript.query({ conversationId }),
    () => agent.transcripts.searchTranscripts.query({ query: words.at(-1)! }),
  ]
  const shown: string[] = []
  let answered = 0
  let isOver = false
  async function look() {
    while (!isOver) {
      for (const way of ways) {
        const answer = await way().then(JSON.stringify, () => undefined)
        if (answer !== undefined) answered++
        if (answer && words.some((word) => answer.includes(word))) shown.push(answer)
      }
    }
  }
  const looking = look()
  return {
    answered: () => answered,
    stop: () => {
      isOver = true
      return looking.then(() => shown)
    },
  }
}

test.runIf(tools)(
  'a platform restored from dumps of a running one brings back what was there, and nobody who was erased since, at no moment',
  async () => {
    await using held = new AsyncDisposableStack()
    const stack = held.use(await startStack())
    const folder = await mkdtemp(join(tmpdir(), 'candor-dumps-'))
    held.defer(() => rm(folder, { recursive: true, force: true }))
    const world = await openWorld(stack)
    const [erased, kept, late] = [newPerson(), newPerson(), newPerson()]
    const { conversationId } = await closedChat(world, erased)
    const { conversationId: keptId } = await closedChat(world, kept)
    const dumps = new Map<ServiceName, string>()
    const dump = async (service: ServiceName) =>
      void dumps.set(service, await dumpDatabase(tools, stack.databases[service], folder))
    // Dumps are not made at one moment: what happened in between, one service has told and another has not heard.
    await dump('transcripts')
    const { conversationId: lateId } = await closedChat(world, late)
    for (const service of ['identity', 'chat', 'billing', 'privacy'] as const) await dump(service)

    const erasure = await proveRequest(world, 'erasure', erased.email)
    await erasure.reached('completed')
    await until('the ledger to tell it', () => isTold(stack, erasure.requestId))
    expect(await world.search(erased.words)).toEqual([])

    await Promise.all(services.map(stack.stop))
    for (const service of services)
      await restoreDatabase(tools, service, stack.databases[service], dumps.get(service)!)
    expect(await world.search([erased.text])).not.toEqual([])
    const admin = await stack.nats.connect('admin')
    await tellAgain(admin, services)
    const looking = await lookFor(world, conversationId, erased.words)
    await Promise.all(services.map(stack.start))
    await until('answers', () => looking.answered() > 20)

    expect(await looking.stop()).toEqual([])
    expect(await world.search(erased.words)).toEqual([])
    const agent = await world.business.agent()
    expect(await refusal('it', agent.chat.listMessages.query({ conversationId }))).toBe('not-found')
    const transcriptOf = (id: string) => agent.transcripts.getTranscript.query({ conversationId: id })
    expect(await transcriptOf(keptId)).toMatchObject({ contact: { email: kept.email } })
    await until('what was told between two dumps', () => transcriptOf(lateId).catch(() => undefined))
    await closedChat(world, newPerson())
  },
)
