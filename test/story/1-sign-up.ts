import { clientsOf } from './clients.ts'
import { holds, refusal, same } from './expect.ts'
import { fromLink } from './mailbox.ts'
import type { World } from './world.ts'

/** A business signs up, invites a colleague by mail, and both sign in. */
export async function signUp(world: World) {
  const { owner, agent } = world
  const anyone = clientsOf(world.url)
  const account = { ...owner, country: 'DE', company: world.company }
  const signedUp = await anyone.identity.signUp.mutate(account)
  same('the role of who signs up', signedUp.user.role, 'owner')
  same(
    'a second sign-up with the address',
    await refusal('it', anyone.identity.signUp.mutate(account)),
    'conflict',
  )

  const asOwner = clientsOf(world.url, signedUp.accessToken)
  same('the plan', (await asOwner.billing.getSubscription.query()).plan.id, 'trial')

  await asOwner.identity.inviteStaff.mutate({ email: agent.email, role: 'agent' })
  const token = fromLink(await world.mailbox.letterTo(agent.email, '#token='), 'token')
  const accept = { token, name: agent.name, password: agent.password }
  await anyone.identity.acceptInvitation.mutate(accept)
  holds('an invitation works once', await refusal('it', anyone.identity.acceptInvitation.mutate(accept)))

  const wrong = anyone.identity.signIn.mutate({ email: owner.email, password: 'not the password' })
  same('a wrong password', await refusal('it', wrong), 'bad-credentials')
  const ownerSession = await anyone.identity.signIn.mutate({ email: owner.email, password: owner.password })
  const agentSession = await anyone.identity.signIn.mutate({ email: agent.email, password: agent.password })
  same('the role of who was invited', agentSession.user.role, 'agent')
  const asAgent = clientsOf(world.url, agentSession.accessToken)
  const { staff } = await asAgent.identity.listStaff.query()
  same('the staff', staff.map(({ name, role }) => `${name}, ${role}`).toSorted(), [
    'Anton Weber, agent',
    'Rosie Marsh, owner',
  ])
  const invite = asAgent.identity.inviteStaff.mutate({ email: 'x@example.com', role: 'agent' })
  same('an agent who invites', await refusal('it', invite), 'forbidden')

  return { asOwner: clientsOf(world.url, ownerSession.accessToken), asAgent, business: ownerSession.business }
}

export type Staffed = Awaited<ReturnType<typeof signUp>>
