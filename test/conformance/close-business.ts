import { clientsOf } from '../story/clients.ts'
import { holds, refusal, same } from '../story/expect.ts'
import { until } from '../story/until.ts'
import { buyPlan } from './buy-plan.ts'
import { canary, closedChat, newPerson, openBusiness, password, visit } from './world.ts'
import type { Place } from './world.ts'

/**
 * A business with a purchase, a chat and staff closes its account, and is looked for afterwards. Answers what was kept,
 * and words of everybody it had.
 */
export async function closeBusiness(world: Place) {
  const business = await openBusiness(world)
  const own = { ...world, business }
  const owner = await business.owner()
  const agent = await business.agent()
  const { user: agentUser } = await agent.identity.me.query()
  const { user: ownerUser } = await owner.identity.me.query()
  await buyPlan(owner)
  const person = newPerson()
  await closedChat(own, person)
  const asVisitor = await visit(own)
  const open = canary('open')
  await asVisitor.chat.startConversation.mutate({ name: open, text: open })

  const before = await owner.privacy.previewClosure.query({})
  const other = owner.privacy.closeAccount.mutate({ businessName: 'Another name' })
  same('a wrong name', await refusal('it', other), 'bad-input')
  const { closureId, accessToken } = await owner.privacy.closeAccount.mutate({ businessName: business.name })
  const { privacy } = clientsOf(world.url, accessToken)
  const closed = await until(
    'the account to be closed',
    async () => {
      const closure = await privacy.getClosure.query({ closureId })
      return closure.state === 'closed' && closure
    },
    60_000,
  )
  const { receipt, jws } = closed.receipt!
  const checked = await clientsOf(world.url).privacy.verifyReceipt.query({ jws })
  holds('the receipt is genuine', checked.valid && checked.receipt.of === 'business')

  const anyone = clientsOf(world.url)
  const signIn = anyone.identity.signIn.mutate({ email: ownerUser.email, password })
  same('who signs in', await refusal('it', signIn), 'bad-credentials')
  const widget = anyone.identity.startVisitorSession.mutate({ widgetKey: business.widgetKey })
  same('what the widget is told', await refusal('it', widget), 'not-found')
  for (const token of [agent, owner])
    same('who is signed in still', await refusal('it', token.chat.listConversations.query({})), 'closed')
  same('a visitor in the chat', await refusal('it', asVisitor.chat.startConversation.mutate({})), 'closed')
  for (const { email } of [agentUser, ownerUser]) await world.mailbox.letterTo(email, 'is closed')
  await world.mailbox.letterTo(ownerUser.email, 'Receipt')
  const kept = receipt.services.flatMap((service) => service.kept)
  return { before, kept, words: [...person.words, open, agentUser.email, ownerUser.email] }
}
