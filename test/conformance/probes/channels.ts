import { randomUUID } from 'node:crypto'
import { endOf } from '@candor/policy/period'
import { holds, same } from '../../story/expect.ts'
import { slowProbe } from '../probe.ts'
import { sweptAway } from '../swept-away.ts'
import { closedChat, inboxOf, newPerson } from '../world.ts'
import type { World } from '../world.ts'

const day = 86_400_000

/** What comes by other ways than the chat. */
export const channels = [
  slowProbe('imsupporting-07-phone-and-social', async function* (world) {
    const agent = await world.business.agent()
    const people = { call: newPerson(), social: newPerson() }
    let limit = world.now()
    for (const [channel, { name, text }] of Object.entries(people)) {
      const recorded = await record(world, channel as 'call' | 'social', { name, text })
      same('its channel', recorded.channel, channel)
      const { conversations } = await agent.chat.listConversations.query({ channel: recorded.channel })
      holds(
        'it stands in the inbox under its channel',
        conversations.some(({ id }) => id === recorded.id),
      )
      const { messages } = await agent.chat.listMessages.query({ conversationId: recorded.id })
      same(
        'what is written down, in order',
        messages.map((message) => [message.author.kind, message.text]),
        [
          ['visitor', text],
          ['staff', 'We will see to it'],
        ],
      )
      limit = endOf(new Date(recorded.closedAt!), { months: 12 })
    }
    const words = Object.values(people).flatMap(({ name, text }) => [name, text])
    yield new Date(limit.getTime() - day)
    await world.swept()
    const before = await world.search(words)
    holds(
      `a day before its limit it is there: ${before.join(', ')}`,
      before.includes('transcripts.transcripts'),
    )
    yield new Date(limit.getTime() + 60_000)
    await sweptAway(world, words)
    return 'a call and a message from elsewhere, written down by an agent, each under its channel; there a day before 12 months, then gone everywhere'
  }),

  slowProbe('imsupporting-08-mail-two-years', async function* (world) {
    const [chatted, mailed] = [newPerson(), newPerson()]
    const { closedAt } = await closedChat(world, chatted)
    const { name, email: address, text } = mailed
    await world.write({ from: { name, address }, to: inboxOf(world), text })
    const agent = await world.business.agent()
    const { conversations } = await agent.chat.listConversations.query({ channel: 'mail', status: 'waiting' })
    const conversationId = conversations.find(({ contact }) => contact.email === address)?.id
    holds('the mail stands in the inbox', conversationId)
    const mail = await agent.chat.closeConversation.mutate({ conversationId })
    const limits = [endOf(closedAt, { months: 12 }), endOf(new Date(mail.closedAt!), { years: 2 })] as const
    yield new Date(limits[0].getTime() + 60_000)
    await sweptAway(world, chatted.words)
    yield new Date(limits[1].getTime() - day)
    await world.swept()
    const { hits } = await (
      await world.business.agent()
    ).transcripts.searchTranscripts.query({ query: mailed.text })
    same(
      'what a search finds a day before two years',
      hits.map((hit) => [hit.conversationId, hit.channel, hit.contactName]),
      [[mail.id, 'mail', mailed.name]],
    )
    yield new Date(limits[1].getTime() + 60_000)
    await sweptAway(world, mailed.words)
    return 'a chat gone at 12 months; a mail of the same day found with its sender a day before two years, then in no database, stream or log'
  }),
]

/** What an agent writes down a moment after it was said. */
async function record(
  world: World,
  channel: 'call' | 'social',
  { name, text }: { name: string; text: string },
) {
  const at = world.now().toISOString()
  return (await world.business.agent()).chat.recordConversation.mutate({
    recordKey: randomUUID(),
    channel,
    contact: { name },
    entries: [
      { from: 'visitor', text, at },
      { from: 'staff', text: 'We will see to it', at },
    ],
  })
}
