import { randomUUID } from 'node:crypto'
import { clientsOf } from '../../story/clients.ts'
import { holds, refusal, same } from '../../story/expect.ts'
import { until } from '../../story/until.ts'
import { choosePack } from '../choose-pack.ts'
import { insideProbe, probe, slowProbe } from '../probe.ts'
import { canary, closedChat, newPerson, openBusiness, password, proveRequest, visit } from '../world.ts'

const day = 86_400_000

/** Customer messaging for business clients. */
export const chatsphere = [
  probe('chatsphere-02-interaction-data', async (world) => {
    const asVisitor = await visit(world)
    const { conversation } = await asVisitor.chat.startConversation.mutate({ text: 'number 0' })
    const conversationId = conversation.id
    const agent = await world.business.agent()
    await agent.chat.takeConversation.mutate({ conversationId })
    const texts = Array.from({ length: 20 }, (_, index) => `number ${index + 1}`)
    for (const [index, text] of texts.entries()) {
      const post = { conversationId, clientMessageId: randomUUID(), text }
      const { chat } = index % 2 ? agent : asVisitor
      // Each is sent twice, as a line that breaks off makes a client do.
      await Promise.all([chat.postMessage.mutate(post), chat.postMessage.mutate(post)])
    }
    const { messages } = await agent.chat.listMessages.query({ conversationId })
    same(
      'what is kept',
      messages.filter(({ notice }) => !notice).map(({ text }) => text),
      ['number 0', ...texts],
    )
    return '21 messages of both sides, each sent twice: kept in order, once'
  }),

  insideProbe('chatsphere-07-rights', async (world) => {
    const person = newPerson()
    const { conversationId } = await closedChat(world, person)
    const owner = await world.business.owner()

    const access = await proveRequest(world, 'access', person.email)
    const answer = await access.asSubject.privacy.getAccessAnswer.query({ requestId: access.requestId })
    for (const word of person.words) holds(`${word} is in the copy`, JSON.stringify(answer).includes(word))

    const right = canary('Right')
    const correction = { field: 'name', from: person.name, to: right } as const
    const corrected = await proveRequest(world, 'correction', person.email, { correction })
    await corrected.reached('awaiting-decision')
    await owner.privacy.decideRequest.mutate({
      requestId: corrected.requestId,
      outcome: 'approved',
      reason: 'You are right',
    })
    await corrected.reached('completed')
    await until('the name to be corrected', async () => {
      const { contact } = await owner.transcripts.getTranscript.query({ conversationId })
      return contact.name === right
    })

    const taken = await proveRequest(world, 'portability', person.email)
    const bundle = await taken.asSubject.privacy.getPortabilityBundle.query({ requestId: taken.requestId })
    const { schema } = await clientsOf(world.url).privacy.getPortabilitySchema.query({})
    holds('the file has a published schema', Object.keys(schema).length > 0)
    const elsewhere = await openBusiness(world)
    for (const { name, content } of bundle.files)
      await (
        await elsewhere.owner()
      ).privacy.importBundle.mutate({
        manifest: bundle.manifest,
        publicKey: bundle.publicKey,
        name,
        content,
      })
    const there = await elsewhere.owner()
    const { conversations } = await there.chat.listConversations.query({})
    const arrived = conversations.find(({ contact }) => contact.email === person.email)
    const transcript = await there.transcripts.getTranscript.query({ conversationId: arrived!.id })
    holds('a fresh business holds what was said', JSON.stringify(transcript).includes(person.text))

    const objection = { processing: ['statistics' as const], reason: 'I do not want it' }
    const objected = await proveRequest(world, 'objection', person.email, { objection })
    await objected.reached('awaiting-decision')
    const { inForce } = await objected.asSubject.privacy.getRequest.query({ requestId: objected.requestId })
    holds('the processing has stopped', inForce?.since && !inForce.until)
    return `seen, corrected to "${right}", taken to another business as ${bundle.files.length} files, objected with effect at once`
  }),

  probe('chatsphere-08-deactivate-or-delete', async (world) => {
    const business = await openBusiness(world)
    const owner = await business.owner()
    const agent = await business.agent()
    const { conversation } = await (
      await visit({ ...world, business })
    ).chat.startConversation.mutate({ text: 'Hi' })
    const conversationId = conversation.id
    await agent.chat.takeConversation.mutate({ conversationId })
    await agent.chat.postMessage.mutate({ conversationId, clientMessageId: randomUUID(), text: 'Here I am' })
    const { user } = await agent.identity.me.query()
    const nameShown = async () => {
      const { messages } = await owner.chat.listMessages.query({ conversationId })
      const { author } = messages.find(({ text }) => text === 'Here I am')!
      return author.kind === 'staff' ? author.name : author.kind
    }
    await owner.identity.deactivateStaff.mutate({ userId: user.id })
    const again = clientsOf(world.url).identity.signIn.mutate({ email: user.email, password })
    same('who was deactivated and signs in', await refusal('it', again), 'bad-credentials')
    same('the name on past messages', await nameShown(), user.name)
    await owner.identity.removeStaff.mutate({ userId: user.id })
    await until('the removal to reach chat', async () => (await nameShown()) === 'Removed')
    return `deactivated: no sign-in, "${user.name}" still shown; removed: shown as "Removed"`
  }),

  slowProbe('chatsphere-10-effective-date', async function* (world) {
    const business = await openBusiness(world)
    await choosePack(world, business, 'chatsphere')
    const owner = await business.owner()
    const { policy } = await owner.privacy.getPolicyDraft.query()
    await owner.privacy.savePolicyDraft.mutate({
      pack: 'chatsphere',
      policy: { ...policy, contact: { ...policy.contact, email: 'privacy@shop.example' } },
    })
    const effectiveAt = new Date(world.now().getTime() + 30 * day)
    const { version } = await owner.privacy.publishPolicy.mutate({ effectiveAt: effectiveAt.toISOString() })
    const inForce = async () => {
      const { privacy } = clientsOf(world.url)
      const versions = await privacy.listNoticeVersions.query({ business: business.slug })
      return versions.find(({ isInForce }) => isInForce)?.version
    }
    holds('not in force when it is published', (await inForce()) !== version)
    yield new Date(effectiveAt.getTime() - day)
    holds('not in force a day before', (await inForce()) !== version)
    yield effectiveAt
    same('the version in force on its day', await inForce(), version)
    return `announced for ${effectiveAt.toISOString().slice(0, 10)}, in force from that day and not before`
  }),
]
