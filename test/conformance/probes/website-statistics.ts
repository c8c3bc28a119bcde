import type { ChatRouter } from '@candor/contracts/chat'
import { createTRPCClient, httpLink } from '@trpc/client'
import type { Page } from 'playwright-core'
import { chatOn } from '../../browser/acts/visitor.ts'
import { clientsOf } from '../../story/clients.ts'
import { holds, same } from '../../story/expect.ts'
import { until } from '../../story/until.ts'
import { choosePack } from '../choose-pack.ts'
import { insideProbe } from '../probe.ts'
import { canary, openBusiness } from '../world.ts'
import type { Business, InsideWorld } from '../world.ts'

/** Visits are numbers, and forms say why they ask. */
export const websiteStatistics = [
  insideProbe('imsupporting-01-website-statistics', async (world) => {
    const business = await openBusiness(world)
    await choosePack(world, business, 'imsupporting')
    const traces = await visitAndCall(world, business)
    const { chat } = await business.owner()
    const counts = () => chat.listVisitCounts.query({ from: '2020-01-01', to: '2100-01-01', of: 'all-pages' })
    await until('every page to be counted', async () => (await counts())[0]?.views === 5)
    const day = world.now().toISOString().slice(0, 10)
    same('what the console shows', await counts(), [{ day, page: '/*', views: 5, visits: 2, returned: 0 }])

    const rows = await world.query<{ row: object }>(
      'chat',
      `select to_jsonb(v) - 'tenant_id' as row from visit_counts v where tenant_id = $1`,
      [business.id],
    )
    same(
      'what is stored: one row a day and page, of numbers',
      rows.map(({ row }) => row),
      [{ day, page: '/', views: 5, visits: 2, returned: 0 }],
    )
    same('where anything of the visitors stands', await world.search(traces), [])
    const signals = { doNotTrack: true, globalPrivacyControl: false }
    const { widgetKey } = business
    const refused = await clientsOf(world.url).chat.countVisit.mutate({ widgetKey, page: '/', signals })
    same('a visit with Do Not Track', refused.counted, false)
    const forms = await readForms(world, business)
    return `5 pages seen by three visitors are one row of numbers; their addresses, browsers and cookies are in no database, stream or log; ${forms.join(', ')} each say what for before their first field`
  }),
]

/** Two people look at two pages each, and somebody's browser calls by itself. Answers what could tell who they are. */
async function visitAndCall(world: InsideWorld, { widgetKey }: Business): Promise<string[]> {
  const traces: string[] = []
  for (let visitor = 0; visitor < 2; visitor++) {
    const [userAgent, cookie] = [canary('Browser'), canary('cookie')]
    traces.push(userAgent, cookie)
    const { context, page } = await world.browse({ userAgent })
    for (const [name, address] of [
      ['shop_session', world.site.pageOf('')],
      ['candor_session', world.url],
    ] as const)
      await context.addCookies([{ name, value: cookie, url: new URL(address).origin }])
    const counted = () =>
      page.waitForResponse((response) => response.url().includes('countVisit') && response.ok())
    await Promise.all([counted(), page.goto(world.site.pageOf(widgetKey))])
    await Promise.all([counted(), page.getByRole('link', { name: 'Next' }).click()])
    await context.close()
  }
  // At the service's own door: the public one says itself from where a call came.
  const [address, device, cookie] = ['203.0.113.77', canary('Browser'), canary('cookie')]
  const headers = { 'x-forwarded-for': address, 'user-agent': device, cookie: `candor_session=${cookie}` }
  const url = `${world.doorOf('chat')}/trpc/chat`
  const chat = createTRPCClient<ChatRouter>({ links: [httpLink({ url, headers })] })
  same('the call', (await chat.countVisit.mutate({ widgetKey, page: '/' })).counted, true)
  return [...traces, address, device, cookie]
}

/** Opens each form that asks for personal data, and sees that what for stands before its first field. */
async function readForms({ browse, url, site }: InsideWorld, { slug, widgetKey }: Business) {
  const { page, context } = await browse()
  const forms: [string, () => Promise<unknown>][] = [
    [
      'the chat',
      async () => {
        await page.goto(site.pageOf(widgetKey))
        await page.getByRole('button', { name: 'Refuse' }).click()
        await chatOn(page).open()
      },
    ],
    ['the contact form', () => page.goto(`${url}/privacy/${slug}/contact`)],
    ['a request', () => page.goto(`${url}/privacy/${slug}/ask/access`)],
    ['an objection', () => page.goto(`${url}/privacy/${slug}/ask/objection`)],
    ['a request to everybody', () => page.goto(`${url}/privacy/#/ask/erasure`)],
    ['sign-up', () => page.goto(`${url}/sign-up`)],
    ['an invitation', () => page.goto(`${url}/invitation#token=${canary('token')}`)],
  ]
  for (const [name, open] of forms) {
    await open()
    await saysWhyFirst(page, name)
  }
  await context.close()
  return forms.map(([name]) => name)
}

async function saysWhyFirst(page: Page, form: string): Promise<void> {
  const why = page.getByText(/^What you (give|enter) here is for: \w/)
  await why.waitFor()
  const fields = await page.getByRole('textbox').or(page.getByRole('checkbox')).all()
  const tops = await Promise.all(fields.map(async (field) => (await field.boundingBox())?.y ?? Infinity))
  const { y } = (await why.boundingBox())!
  holds(
    `${form} has fields, and says what for before them`,
    tops.some(Number.isFinite) && tops.every((top) => top > y),
  )
}
