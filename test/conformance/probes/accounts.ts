import { SignUp } from '@candor/contracts/identity/schemas'
import { clientsOf } from '../../story/clients.ts'
import { holds, refusal, same } from '../../story/expect.ts'
import { fromLink } from '../../story/mailbox.ts'
import { until } from '../../story/until.ts'
import { buyPlan, cardPaidWith } from '../buy-plan.ts'
import { choosePack } from '../choose-pack.ts'
import { inPart, insideProbe, probe, slowProbe } from '../probe.ts'
import { canary, openBusiness, password, visit } from '../world.ts'
import type { InsideWorld } from '../world.ts'

const day = 86_400_000

/** What an account takes, and what its holder may do about it. */
export const accounts = [
  insideProbe('imbachat-03-account-data', async (world) => {
    const person = { name: canary('Name'), email: `${canary('mail')}@example.org`, country: 'DE' }
    const taken = await signUpWithMore(world, person)
    const { privacy } = clientsOf(world.url, taken.accessToken)
    await privacy.savePolicyDraft.mutate({ pack: 'imbachat' })
    const { confirmation, longer } = await privacy.previewPolicy.query({})
    await privacy.publishPolicy.mutate({
      onlyNew: longer,
      ...(confirmation ? { confirmation: confirmation.token } : {}),
    })
    const record = await until('the record under this notice', async () => {
      const found = await privacy.getProcessingRecord.query({})
      return found.policyVersion > 1 && found
    })
    const account = record.activities.find(({ category }) => category === 'staff-account')
    holds('the record lists accounts with purposes', account && account.purposes.length > 0)
    holds(`on the basis of contract: ${account.legalBasis}`, /contract/i.test(account.legalBasis))
    holds('and with recipients', account.recipients.length > 0)
    const columns = account.places.flatMap(({ columns: named }) => named)
    for (const column of ['name', 'email']) holds(`and with ${column}`, columns.includes(column))
    return 'an account opens with e-mail address, name and country and keeps nothing else it is told; the record of processing gives purpose, basis and recipients'
  }),

  slowProbe('chatinbox-04-account-data', async function* (outer) {
    const business = await openBusiness(outer)
    await choosePack(outer, business, 'chatinbox')
    const { identity } = await business.owner()
    const anyone = clientsOf(outer.url).identity
    const [first, late] = [`${canary('first')}@example.org`, `${canary('late')}@example.org`]
    const invite = async (email: string) => {
      await identity.inviteStaff.mutate({ email, role: 'agent' })
      return fromLink(await outer.mailbox.letterTo(email, '#token='), 'token')
    }
    const [token, kept] = [await invite(first), await invite(late)]
    const more = canary('More')
    await anyone.acceptInvitation.mutate({ token, name: 'Ines Invited', password, phone: more } as never)
    same('what nobody asked for and is kept', await outer.search([more]), [])
    const again = anyone.acceptInvitation.mutate({ token, name: 'Ines Invited', password })
    same('a link used twice', await refusal('it', again), 'not-found')
    const { staff } = await identity.listStaff.query()
    holds(
      'who was invited is there',
      staff.some(({ email }) => email === first),
    )
    yield new Date(outer.now().getTime() + 7 * day + 60_000)
    const tooLate = anyone.acceptInvitation.mutate({ token: kept, name: 'Lars Late', password })
    holds('a link a week old', ['expired', 'not-found'].includes(await refusal('it', tooLate)))
    const asked = Object.keys(SignUp.shape).filter((field) => field !== 'password')
    same('what sign-up asks for', asked.toSorted(), ['company', 'email', 'name'])
    return 'sign-up and invitation take name, e-mail address and company; a link works once and for a week'
  }),

  inPart(
    insideProbe('imocloud-01-voluntary-data', async (world) => {
      const business = await openBusiness(world)
      const { user } = await (await business.owner()).identity.me.query()
      const [row] = await world.query<{ hash: string }>(
        'identity',
        'select password_hash as hash from users where id = $1',
        [user.id],
      )
      holds('the password is an argon2id hash', row!.hash.startsWith('$argon2id$'))
      same('where the password itself is', await world.search([password]), [])
      await buyPlan(await business.owner())
      same('where the card number is', await world.search(cardPaidWith), [])
      return 'name, e-mail and billing address are typed by their person; the password is an argon2id hash, the card number nowhere'
    }),
    'an account has no postal address of its own yet, only that of its invoices',
  ),

  insideProbe('imocloud-05-accuracy', async (outer) => {
    const business = await openBusiness(outer)
    await choosePack(outer, business, 'imocloud')
    const old = { name: canary('Old'), email: `${canary('old')}@example.org` }
    const right = { name: canary('New'), email: `${canary('new')}@example.org` }
    await (await business.owner()).identity.inviteStaff.mutate({ email: old.email, role: 'agent' })
    const token = fromLink(await outer.mailbox.letterTo(old.email, '#token='), 'token')
    const anyone = clientsOf(outer.url)
    const { accessToken } = await anyone.identity.acceptInvitation.mutate({ token, name: old.name, password })
    const person = clientsOf(outer.url, accessToken)
    const { chat } = await visit({ ...outer, business })
    const { conversation } = await chat.startConversation.mutate({ text: 'Hello' })
    const conversationId = conversation.id
    await person.chat.takeConversation.mutate({ conversationId })
    await person.chat.postMessage.mutate({
      conversationId,
      clientMessageId: crypto.randomUUID(),
      text: 'Hello',
    })
    await person.chat.closeConversation.mutate({ conversationId })
    const archived = () => person.transcripts.getTranscript.query({ conversationId })
    await until('the transcript', () => archived().catch(() => undefined))
    const changed = await person.identity.updateProfile.mutate({ ...right, currentPassword: password })
    same('the profile', [changed.name, changed.email], [right.name, right.email])
    await until('chat and transcripts to follow', async () => {
      const shown = JSON.stringify([
        await archived(),
        await person.chat.listMessages.query({ conversationId }),
      ])
      return shown.includes(right.name) && !shown.includes(old.name)
    })
    await anyone.identity.signIn.mutate({ email: right.email, password })
    await until('the old values to be gone', async () => {
      const left = await outer.search([old.name, old.email])
      if (left.length > 0) throw new Error(`they are still in ${left.join(', ')}`)
      return true
    })
    return 'name and e-mail address changed by their person; right in inbox and transcript, the old ones in no database, stream or log'
  }),

  probe('chatinbox-15-dpa', async (world) => {
    const business = await openBusiness(world)
    const owner = await business.owner()
    const { user } = await owner.identity.me.query()
    const entered = await until('the agreements', async () => {
      const found = await owner.privacy.listAgreements.query({})
      return found.length >= 3 && found
    })
    same('agreements entered with the account', entered.map(({ agreement }) => agreement).toSorted(), [
      'ccpa',
      'dpa',
      'standard-clauses',
    ])
    for (const { agreement, version, acceptedBy, acceptedAt } of entered) {
      same(`who entered ${agreement}`, acceptedBy, user.id)
      const { text } = await clientsOf(world.url).privacy.getAgreement.query({ agreement, version })
      holds(`the text of ${agreement} of ${acceptedAt}`, text.length > 200)
    }
    await choosePack(world, business, 'chatinbox')
    const { page, context } = await world.browse({ locale: 'en-US' })
    await page.goto(`${world.url}/privacy/${business.slug}/california`)
    await page.getByRole('heading', { name: /California/, level: 1 }).waitFor()
    for (const kind of ['ccpa-know', 'ccpa-delete', 'ccpa-correct', 'ccpa-opt-out'])
      holds(`the page leads to ${kind}`, (await page.locator(`a[href$="/ask/${kind}"]`).count()) > 0)
    const address = `${canary('californian')}@example.net`
    await page.locator('a[href$="/ask/ccpa-know"]').first().click()
    await page.getByRole('textbox', { name: 'Your e-mail address' }).fill(address)
    await page.getByRole('button', { name: 'Mail me the link' }).click()
    await world.mailbox.letterTo(address, 'proof=')
    await context.close()
    return 'agreement, clauses and Californian policy entered with the account, with version, time and person, to be read; a Californian finds the page and uses its rights'
  }),
]

/** Signs up with what the notice names and a password; whatever else is sent is kept nowhere. */
async function signUpWithMore(world: InsideWorld, person: { name: string; email: string; country: string }) {
  const more = canary('More')
  const account = { ...person, password, phone: more, address: more, birthday: more }
  const opened = await clientsOf(world.url).identity.signUp.mutate(account as never)
  same('what nobody asked for and is kept', await world.search([more]), [])
  return opened
}
