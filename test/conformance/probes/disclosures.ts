import type { PackId } from '@candor/contracts/policy/tenant-rules'
import { holds, refusal, same } from '../../story/expect.ts'
import { choosePack } from '../choose-pack.ts'
import { probe } from '../probe.ts'
import { closedChat, newPerson, openBusiness, proveRequest } from '../world.ts'
import type { World } from '../world.ts'

/** What authorities get. */
export const disclosures = [
  probe('imsupporting-12-law-enforcement', (world) =>
    disclosed(world, 'imsupporting', ['A law that binds us']),
  ),
  probe('chatinbox-08-legal-disclosure', (world) =>
    disclosed(world, 'chatinbox', ['A law that binds us', 'Prevention of fraud', 'Safety of a person']),
  ),
]

/**
 * Nothing without a recorded request, its ground and a second person; then what its scope names and nothing else; it
 * stands in the register and in the access answer, unless an order forbids telling.
 */
async function disclosed(outer: World, pack: PackId, grounds: string[]): Promise<string> {
  const business = await openBusiness(outer)
  await choosePack(outer, business, pack)
  const world = { ...outer, business }
  const first = (await business.owner()).privacy
  const second = (await (await business.join('admin'))()).privacy
  const person = newPerson()
  await closedChat(world, person)
  const asked = {
    authority: 'Police of Hamburg',
    reference: 'AZ 12/26',
    scope: { email: person.email, categories: ['contact-details' as const] },
  }
  const curious = first.requestDisclosure.mutate({ ...asked, ground: 'Curiosity' })
  same('a ground that the notice does not name', await refusal('it', curious), 'bad-input')
  const asAgent = (await business.agent()).privacy
  const byAgent = asAgent.requestDisclosure.mutate({ ...asked, ground: grounds[0]! })
  same('who only answers visitors and asks', await refusal('it', byAgent), 'forbidden')

  for (const ground of grounds) {
    const { id: disclosureId } = await first.requestDisclosure.mutate({ ...asked, ground })
    const early = first.exportDisclosure.mutate({ disclosureId })
    same('handing out what nobody approved', await refusal('it', early), 'closed')
    const alone = first.decideDisclosure.mutate({ disclosureId, approve: true })
    same('approving one’s own request', await refusal('it', alone), 'conflict')
    await second.decideDisclosure.mutate({ disclosureId, approve: true })
    const { services } = await first.exportDisclosure.mutate({ disclosureId })
    const handedOut = services.flatMap(({ holdings }) => holdings)
    same(
      'categories handed out',
      [...new Set(handedOut.map(({ category }) => category))],
      ['contact-details'],
    )
    const text = JSON.stringify(handedOut)
    holds('the person it is about', text.includes(person.name) && !text.includes(person.text))
  }
  const silence = { order: 'Order 7', until: null }
  const { id: silent } = await first.requestDisclosure.mutate({ ...asked, ground: grounds[0]!, silence })
  await second.decideDisclosure.mutate({ disclosureId: silent, approve: true })
  await first.exportDisclosure.mutate({ disclosureId: silent })
  const { id: refused } = await first.requestDisclosure.mutate({ ...asked, ground: grounds[0]! })
  await second.decideDisclosure.mutate({ disclosureId: refused, approve: false })
  const afterwards = second.exportDisclosure.mutate({ disclosureId: refused })
  same('handing out what was refused', await refusal('it', afterwards), 'closed')

  const register = await first.listDisclosures.query({})
  same(
    'in the register',
    register.map(({ state, ground }) => `${state}: ${ground}`).toSorted(),
    [...[...grounds, grounds[0]].map((ground) => `exported: ${ground}`), `refused: ${grounds[0]}`].toSorted(),
  )
  const { asSubject, requestId } = await proveRequest(world, 'access', person.email)
  const told = async () => (await asSubject.privacy.getAccessAnswer.query({ requestId })).disclosures
  same(
    'grounds told to the person',
    (await told()).map(({ ground }) => ground).toSorted(),
    grounds.toSorted(),
  )
  await first.liftSilence.mutate({ disclosureId: silent })
  same('told once the order is lifted', (await told()).length, grounds.length + 1)
  return `${grounds.join(', ')}: recorded, approved by a second person, exactly the scope handed out, in the register, told unless an order forbids it`
}
