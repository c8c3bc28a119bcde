import { clientsOf } from '../../story/clients.ts'
import { holds, refusal, same } from '../../story/expect.ts'
import { fromLink } from '../../story/mailbox.ts'
import { until } from '../../story/until.ts'
import { choosePack } from '../choose-pack.ts'
import { probe } from '../probe.ts'
import { canary, closedChat, newPerson, openBusiness, proveRequest, visit } from '../world.ts'

/** A shared inbox with a Californian policy. */
export const chatinbox = [
  probe('chatinbox-10-processor-only', async (world) => {
    const business = await openBusiness(world)
    await choosePack(world, business, 'chatinbox')
    const owner = await business.owner()
    const here = { ...world, business }
    const [agreed, silent] = [newPerson(), newPerson()]
    await closedChat(here, silent)
    const { privacy } = await visit(here)
    const { textVersion } = await privacy.getConsentPrompt.query({ business: business.slug })
    await privacy.recordConsent.mutate({
      textVersion,
      given: ['marketing-mail'],
      source: 'chat',
      email: agreed.email,
    })
    const token = fromLink(await world.mailbox.letterTo(agreed.email, '#token='), 'token')
    await clientsOf(world.url).privacy.confirmOffers.mutate({ token })
    const letter = { subject: canary('Offer'), text: 'A tyre for two.' }
    const unasked = owner.privacy.sendCampaign.mutate({ ...letter, instruction: '' })
    same('a campaign without an instruction', await refusal('it', unasked), 'bad-input')
    const { queued } = await owner.privacy.sendCampaign.mutate({
      ...letter,
      instruction: 'Write to all customers who agreed to offers',
    })
    same('letters', queued, 1)
    await world.mailbox.letterTo(agreed.email, letter.subject)
    holds('its instruction is recorded', (await owner.privacy.listMailings.query())[0]?.instruction)
    const others = await world.mailbox.lettersTo(silent.email)
    holds('who did not agree got none', !others.some(({ subject }) => subject === letter.subject))
    return 'refused without a recorded instruction; with one, sent to the one visitor who agreed and to nobody else'
  }),

  probe('chatinbox-14-direct-request-with-notice', async (world) => {
    const person = newPerson()
    const other = await openBusiness(world)
    await closedChat(world, person)
    await closedChat({ ...world, business: other }, { ...person, text: canary('elsewhere') })
    const { asSubject, reached } = await proveRequest(world, 'access', person.email, { business: null })
    await reached('completed')
    const parts = (await asSubject.privacy.listRequests.query({ kinds: ['access'] })).filter(
      ({ isDirect, business }) => isDirect && business,
    )
    same(
      'businesses that were asked',
      parts.map(({ business }) => business!.slug).toSorted(),
      [world.business.slug, other.slug].toSorted(),
    )
    for (const { slug, owner } of [world.business, other]) {
      const { id } = parts.find(({ business }) => business!.slug === slug)!
      const clients = await owner()
      const queue = await clients.privacy.listRequests.query({})
      holds(
        'the business sees its part',
        queue.some((request) => request.id === id),
      )
      const stranger = parts.find(({ business }) => business!.slug !== slug)!
      holds('and not the other', !queue.some((request) => request.id === stranger.id))
      const { email } = (await clients.identity.me.query()).user
      await until('the owner to be told', async () =>
        (await world.mailbox.lettersTo(email)).some(({ text }) => text.includes('request')),
      )
    }
    return 'both businesses that know the address were asked and told, each of its own part only'
  }),

  probe('chatinbox-16-change-communicated', async (world) => {
    const business = await openBusiness(world)
    await choosePack(world, business, 'chatinbox')
    const agent = await business.agent()
    const [latest] = await agent.privacy.listAnnouncements.query()
    holds('the change stands in the account', latest && latest.shownAs.includes('in-account'))
    await agent.privacy.acknowledgeNotice.mutate({ version: latest.version })
    const left = (await agent.privacy.listAnnouncements.query()).filter(
      ({ version }) => version === latest.version,
    )
    same('what is announced again', left, [])
    return `version ${latest.version} announced in the account, once for each who works there`
  }),
]
