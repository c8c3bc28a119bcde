import { randomUUID } from 'node:crypto'
import { clientsOf } from '../../story/clients.ts'
import { holds, refusal, same } from '../../story/expect.ts'
import { until } from '../../story/until.ts'
import { choosePack } from '../choose-pack.ts'
import { probe, slowProbe } from '../probe.ts'
import { openBusiness, password, visit } from '../world.ts'

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
