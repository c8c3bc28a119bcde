import type { Recipient } from '@candor/contracts/policy/policy'
import type { PackId } from '@candor/contracts/policy/tenant-rules'
import { countryName } from '@candor/policy/country-name'
import { clientsOf } from '../../story/clients.ts'
import { holds, refusal, same } from '../../story/expect.ts'
import { until } from '../../story/until.ts'
import { choosePack } from '../choose-pack.ts'
import { insideProbe, probe, slowProbe } from '../probe.ts'
import { publishEdited } from '../publish-edited.ts'
import { closedChat, newPerson, openBusiness, proveRequest } from '../world.ts'
import type { World } from '../world.ts'

const day = 86_400_000

/** Who receives data, where they are, what binds them. */
export const recipients = [
  slowProbe('imbachat-05-storage-vendors', (world) => announcedChange(world, 'imbachat')),
  slowProbe('chatsphere-04-processors-bound', async function* (world) {
    const announced = yield* announcedChange(world, 'chatsphere')
    const { recipients: all } = await registerOf(world, world.business.slug)
    const processors = all.filter(({ role }) => role === 'processor')
    holds('there are processors', processors.length > 0)
    for (const { name, agreement } of processors) holds(`${name} is bound by an agreement`, agreement)
    const owner = await (await openBusiness(world)).owner()
    const draft = await owner.privacy.getPolicyDraft.query()
    const unbound = { ...newProcessor, agreement: null }
    const saved = owner.privacy.savePolicyDraft.mutate({
      pack: 'chatsphere',
      policy: { ...draft.policy, recipients: [...draft.policy.recipients, unbound] },
    })
    same('a processor without an agreement', await refusal('it', saved), 'bad-input')
    return `${processors.length} processors, each with its agreement, none is taken without; ${announced}`
  }),

  probe('imbachat-18-transfers', async (world) => {
    const { recipients: all } = await registerOf(world, world.business.slug)
    const abroad = all.filter(({ country }) => country === 'CH')
    holds('somebody is outside the region', abroad.length > 0)
    for (const { name, safeguard } of abroad) holds(`${name} shows its safeguard`, safeguard)
    const owner = await (await openBusiness(world)).owner()
    const { policy } = await owner.privacy.getPolicyDraft.query()
    const take = (change: Partial<Recipient>) =>
      owner.privacy.savePolicyDraft.mutate({
        pack: 'candor',
        policy: { ...policy, recipients: [...policy.recipients, { ...newProcessor, ...change }] },
      })
    same('one in the USA without a safeguard', await refusal('it', take({ country: 'US' })), 'bad-input')
    const unfit = take({ country: 'IN', safeguard: 'adequacy-decision' })
    same('one whose safeguard does not cover its country', await refusal('it', unfit), 'bad-input')
    await take({ country: 'US', safeguard: 'standard-clauses' })
    return `${abroad.map(({ name, country, safeguard }) => `${name}, ${country}: ${safeguard}`).join('; ')}; one without a safeguard is refused`
  }),

  insideProbe('chatinbox-07-sharing-only-as-named', async (world) => {
    const business = await openBusiness(world)
    await choosePack(world, business, 'chatinbox')
    const owner = await business.owner()
    const details = {
      company: 'Harbour Bicycles Ltd',
      street: '3 Quay Street',
      postalCode: '20457',
      city: 'Hamburg',
      country: 'DE',
    }
    const buy = () => owner.billing.startCheckout.mutate({ planId: 'team', details })
    await buy()
    const counted = async () => {
      const lines = (await world.metricsOf('billing')).split('\n')
      const refused = lines.filter((line) => /^outgoing_calls_total{.*outcome="refused"/.test(line))
      return refused.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
    }
    const before = await counted()
    await publishEdited(world, business, 'chatinbox', (policy) => ({
      recipients: policy.recipients.map((one) => (one.id === 'sandbox' ? { ...one, hosts: [] } : one)),
    }))
    // Until the notice has reached billing, calls go out.
    await until('a call to a host that no register names to be refused', () =>
      buy().then(
        () => false,
        () => true,
      ),
    )
    same('refused calls counted', (await counted()) - before, 1)
    return 'a call to who stands on the register goes out; with its host taken from there it is refused and counted'
  }),
]

/** A change of recipients is told to those who have accounts before it takes effect, and is in every access answer. */
async function* announcedChange(world: World, pack: PackId): AsyncGenerator<Date, string, void> {
  const business = await openBusiness(world)
  await choosePack(world, business, pack)
  const here = { ...world, business }
  const before = (await registerOf(world, business.slug)).recipients
  for (const { name, purpose, country } of before)
    holds(`${name} shows purpose and country`, purpose && country)
  const person = newPerson()
  await closedChat(here, person)
  const { asSubject, requestId } = await proveRequest(here, 'access', person.email)
  const { services } = await asSubject.privacy.getAccessAnswer.query({ requestId })
  const told = services.flatMap(({ holdings }) => holdings.flatMap((holding) => holding.recipients))
  const { privacy } = await business.owner()
  const { policy } = await privacy.getPolicyDraft.query()
  const receiving = new Set(
    services.flatMap(({ holdings }) =>
      holdings.flatMap(
        ({ category }) => policy.categories[category as keyof typeof policy.categories].recipients,
      ),
    ),
  )
  for (const { name, country } of before.filter(({ id }) => receiving.has(id)))
    holds(
      `the access answer names ${name} and its country`,
      told.some((text) => text.includes(name) && text.includes(countryName(country))),
    )
  const effectiveAt = new Date(world.now().getTime() + 30 * day)
  await publishEdited(
    world,
    business,
    pack,
    ({ recipients: named }) => ({ recipients: [...named, newProcessor] }),
    effectiveAt,
  )
  const { email } = (await (await business.owner()).identity.me.query()).user
  const letter = await world.mailbox.letterTo(email, newProcessor.name)
  holds('the letter says when', letter.subject.includes(effectiveAt.toISOString().slice(0, 10)))
  const { recipients: now, changes } = await registerOf(world, business.slug)
  same('who receives data meanwhile', now, before)
  same('what is announced', [changes[0]?.added.map(({ id }) => id)], [[newProcessor.id]])
  yield effectiveAt
  const after = (await registerOf(world, business.slug)).recipients
  holds(
    'it is on the list from that day',
    after.some(({ id }) => id === newProcessor.id),
  )
  return `${before.length} recipients public and in the access answer; a change mailed 30 days before it took effect`
}

const newProcessor: Recipient = {
  id: 'print-shop',
  name: 'The print shop',
  role: 'processor',
  purpose: 'prints letters',
  country: 'DE',
  safeguard: null,
  agreement: 'Printing data processing agreement',
  hosts: [],
}

function registerOf({ url }: World, business: string) {
  return clientsOf(url).privacy.getRecipients.query({ business })
}
