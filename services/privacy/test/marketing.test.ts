import { randomUUID } from 'node:crypto'
import type { Policy } from '@candor/contracts/policy/policy'
import { imbachat } from '@candor/policy/packs/imbachat'
import { fixedPolicies } from '@candor/testing/fixed-policies'
import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { refusal, startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'

let privacy: TestPrivacy
let policy: Policy
let url: string
beforeAll(async () => {
  privacy = await startTestPrivacy({ policies: fixedPolicies(() => policy) })
  url = privacy.url()
})
beforeEach(async () => {
  policy = structuredClone(imbachat.policy)
  privacy.accounts.length = 0
  await privacy.query('delete from marketing_preferences')
})
afterAll(() => privacy[Symbol.asyncDispose]())

const news = { subject: 'What is new', text: 'You can now search.\n\nTry it.' }
const campaign = { ...news, instruction: 'Send our spring offer to all who asked for offers.' }

test('a new account gets service news with a link and a header that stop it, and after one click nothing more', async () => {
  const { owner, email } = await account()
  expect(await owner.sendNews.mutate(news)).toMatchObject({ queued: 1 })
  const mail = await letterTo(email)
  const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value
  expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
  expect(mail.text).toContain('/privacy/shop/news#token=')
  expect(header('list-unsubscribe')).not.toContain(email)

  const [, path] = /<https?:\/\/[^/]+(\/[^>]+)>/.exec(header('list-unsubscribe')!)!
  const ask = (method: string) =>
    fetch(url + path!, {
      method,
      ...(method === 'POST' && { body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) }),
    })
  expect((await ask('GET')).status).toBe(405)
  expect(await owner.getNewsPreference.query()).toMatchObject({ serviceNews: null })
  expect((await ask('POST')).status).toBe(200)
  expect((await ask('POST')).status).toBe(200)
  expect(await owner.getNewsPreference.query()).toMatchObject({ serviceNews: false })
  expect(await owner.sendNews.mutate(news)).toMatchObject({ queued: 0 })
})

test('an address that looks like half another is not found, and the service goes on', async () => {
  expect((await fetch(`${url}//[`)).status).toBe(404)
})

test('the link in the letter stops it without a sign-in, and a made-up one stops nothing', async () => {
  const { owner, email } = await account()
  await owner.sendNews.mutate(news)
  const token = /#token=([\w-]+)/.exec((await letterTo(email)).text!)![1]!
  const forged = `${token.slice(0, -4)}AAAA`
  expect(await refusal(privacy.as().stopNews.mutate({ token: forged }))).toBe('bad-credentials')
  expect(await privacy.as().stopNews.mutate({ token })).toEqual({ stopped: 'service-news' })
  expect(await owner.sendNews.mutate(news)).toMatchObject({ queued: 0 })
  await owner.setServiceNews.mutate({ wanted: true })
  expect(await owner.sendNews.mutate(news)).toMatchObject({ queued: 1 })
})

test('where the notice wants consent to news, or sends none, it is obeyed', async () => {
  const { owner } = await account()
  policy.marketing.serviceNews = 'opt-in'
  expect(await owner.sendNews.mutate(news)).toMatchObject({ queued: 0 })
  await owner.setServiceNews.mutate({ wanted: true })
  expect(await owner.sendNews.mutate(news)).toMatchObject({ queued: 1 })
  policy.marketing.serviceNews = 'never'
  expect(await refusal(owner.sendNews.mutate(news))).toBe('forbidden')
})

test('each choice is a sign of interest: the clock begins anew, and once the preference is forgotten no news resumes', async () => {
  const { owner } = await account()
  const first = (await owner.setServiceNews.mutate({ wanted: true })).interestedAt!
  privacy.clock.advance(3_600_000)
  const next = (await owner.setServiceNews.mutate({ wanted: false })).interestedAt!
  expect(Date.parse(next) - Date.parse(first)).toBe(3_600_000)
  // As the sweep leaves it, two years on.
  privacy.accounts[0]!.createdAt = '2020-01-01T00:00:00.000Z'
  await privacy.query('delete from marketing_preferences')
  expect(await owner.sendNews.mutate(news)).toMatchObject({ queued: 0 })
})

test('a campaign goes out on a recorded instruction to whoever agreed and proved the address, and to nobody else', async () => {
  const { owner, userId } = await account()
  const email = `ada.${randomUUID()}@example.org`
  const { client } = await privacy.visitor('shop')
  const choice = { textVersion: 1, source: 'chat', given: ['marketing-mail' as const] } as const
  expect(await owner.sendCampaign.mutate(campaign)).toMatchObject({ queued: 0 })
  expect(await refusal(client.recordConsent.mutate({ ...choice, given: [...choice.given] }))).toBe(
    'bad-input',
  )
  await client.recordConsent.mutate({ ...choice, given: [...choice.given], email })
  expect(await owner.sendCampaign.mutate(campaign)).toMatchObject({ queued: 0 })
  const token = /#token=([\w-]+)/.exec((await letterTo(email)).text!)![1]!
  expect(await privacy.as().confirmOffers.mutate({ token })).toEqual({ confirmed: true })
  const { mailingId, queued } = await owner.sendCampaign.mutate(campaign)
  expect(queued).toBe(1)
  expect(await owner.listMailings.query()).toContainEqual({
    id: mailingId,
    kind: 'campaign',
    subject: campaign.subject,
    instruction: campaign.instruction,
    instructedBy: userId,
    at: privacy.clock.now().toISOString(),
    queued: 1,
  })

  expect((await client.withdrawConsent.mutate({ source: 'chat' })).given).toEqual([])
  expect(await owner.sendCampaign.mutate(campaign)).toMatchObject({ queued: 0 })
  expect(await privacy.as().confirmOffers.mutate({ token })).toEqual({ confirmed: false })
})

test('a withdrawal stops offers that are queued already, and a letter’s own link withdraws the consent', async () => {
  const { owner, email } = await account()
  await owner.recordConsent.mutate({ textVersion: 1, source: 'console', given: ['marketing-mail'] })
  expect(await owner.sendCampaign.mutate(campaign)).toMatchObject({ queued: 1 })
  const token = /#token=([\w-]+)/.exec((await letterTo(email)).text!)![1]!
  await privacy.query(
    `insert into mail_queue (id, tenant_id, once_key, to_address, subject, text, html, created_at)
     values ($1, $2, $3, $4, 'Later', 'Later', 'Later', now())`,
    [randomUUID(), privacy.business('shop').id, `campaign:${randomUUID()}`, email],
  )
  expect(await privacy.as().stopNews.mutate({ token })).toEqual({ stopped: 'offers' })
  expect(await privacy.query('select from mail_queue where to_address = $1', [email])).toEqual([])
  const { given, history } = await owner.getConsent.query()
  expect([given, history[0]]).toEqual([[], expect.objectContaining({ action: 'withdrawn', source: 'mail' })])
})

test('whoever opted out of marketing gets neither offers nor news, although they had agreed to both', async () => {
  const { owner, email } = await account()
  await owner.recordConsent.mutate({ textVersion: 1, source: 'console', given: ['marketing-mail'] })
  await owner.setServiceNews.mutate({ wanted: true })
  expect(await owner.sendCampaign.mutate(campaign)).toMatchObject({ queued: 1 })
  const { client, request } = await privacy.prove('marketing-opt-out', email)
  await privacy.completed(client, request.id)
  expect(await owner.sendCampaign.mutate(campaign)).toMatchObject({ queued: 0 })
  expect(await owner.sendNews.mutate(news)).toMatchObject({ queued: 0 })
})

test('where the notice promises that no campaign is sent, none is', async () => {
  const { owner } = await account()
  policy.marketing.campaigns = 'never'
  expect(await refusal(owner.sendCampaign.mutate(campaign))).toBe('forbidden')
})

/** An owner whose account is as new as this test. */
async function account() {
  const userId = randomUUID()
  const email = `owner.${userId}@example.org`
  const createdAt = privacy.clock.now().toISOString()
  privacy.accounts.push({ tenantId: privacy.business('shop').id, userId, email, createdAt })
  return { owner: await privacy.staff('shop', 'owner', userId), email, userId }
}

/** The last one. */
function letterTo(email: string) {
  return settle(async () => {
    const letter = privacy.mailbox.letters.findLast(({ to }) => to === email)
    if (!letter) throw new Error(`no letter to ${email}`)
    return letter.mail
  })
}
