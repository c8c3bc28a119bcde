import type { Cookie } from '@candor/contracts/policy/policy'
import { periodText } from '@candor/policy/period'
import { askForCopy } from '../../browser/acts/privacy.ts'
import { consentOn } from '../../browser/acts/consent.ts'
import { chatOn } from '../../browser/acts/visitor.ts'
import { declares, leftBehind, undeclared } from '../../browser/left-behind.ts'
import type { Found } from '../../browser/left-behind.ts'
import { holds, same } from '../../story/expect.ts'
import { until } from '../../story/until.ts'
import { choosePack } from '../choose-pack.ts'
import { probe } from '../probe.ts'
import { publishEdited } from '../publish-edited.ts'
import { newPerson, openBusiness } from '../world.ts'
import type { Business, World } from '../world.ts'

/** The register of cookies, pixels and beacons against what a real browser finds. */
export const trackers = [
  probe('imocloud-09-trackers', async (world) => {
    const business = await openBusiness(world)
    await choosePack(world, business, 'imocloud')
    const before = await visitAll(world, business, 'accept')
    same('with the page’s own pixel not declared', undeclared(await registerOf(business), before.found), [
      pixelOf(world),
    ])
    await publishEdited(world, business, 'imocloud', ({ cookies }) => ({
      cookies: [
        ...cookies,
        { ...pixelOf(world), kind: 'statistics', purpose: 'Tells a counter of the visit', lifetime: null },
      ],
    }))
    const register = await registerOf(business)
    const accepted = await visitAll(world, business, 'accept')
    same('found and not declared', undeclared(register, accepted.found), [])
    const kinds = register.filter((one) => accepted.found.some((found) => declares(one, found)))
    for (const kind of ['essential', 'remember-me', 'statistics'])
      holds(
        `something of kind ${kind} was found`,
        kinds.some((one) => one.kind === kind),
      )
    for (const { name, purpose, lifetime } of register) {
      holds(`the page lists ${name} and its purpose`, accepted.listed.includes(`${name} ${purpose}.`))
      const line = accepted.listed.split(`${name} ${purpose}.`)[1]!
      if (lifetime) holds(`and how long ${name} lives`, line.includes(periodText(lifetime)))
    }
    const refused = await visitAll(world, business, 'refuse')
    const essential = register.filter(({ kind }) => kind === 'essential')
    same('found after refusing, not essential', undeclared(essential, refused.found), [])

    const planted = await visitAll(world, business, 'accept', plant)
    same('found of what was planted', undeclared(register, planted.found), plantedThings)
    return `${register.length} declared, each with purpose and lifetime on the cookie page; nothing else found in shop, chat and privacy centre, after refusing only what is essential; a planted cookie, storage and pixel, and the page’s own pixel before it was declared, are each found`
  }),
]

/** What a page that tracks in secret does, and what is to be found of it. */
const plantedHost = 'secret.localhost'
const plantedThings: Found[] = [
  { storage: 'local-storage', name: 'tracker-id' },
  { storage: 'cookie', name: '_tracker' },
  { storage: 'pixel', name: plantedHost },
]
const plant = `document.cookie = '_tracker=1'; localStorage.setItem('tracker-id', '1');
  new Promise((resolve) => { const pixel = new Image(); pixel.onload = pixel.onerror = () => resolve()
    pixel.src = '//${plantedHost}:' + location.port + '/pixel.gif' })`

async function registerOf(business: Business): Promise<Cookie[]> {
  return (await (await business.owner()).privacy.getPolicyDraft.query()).policy.cookies
}

function pixelOf({ site }: World) {
  return { storage: 'pixel', name: site.thirdParty } as const
}

/** Somebody's visit to shop, chat and privacy centre, to its end. */
async function visitAll(world: World, business: Business, choice: 'accept' | 'refuse', script?: string) {
  const visitor = await world.browse()
  const { page, context } = visitor
  const found: Found[] = []
  const told = () => world.site.toldThirdParty(business.widgetKey)
  const before = told()
  const hosts = [new URL(world.url).hostname, new URL(world.site.pageOf('')).hostname]
  await page.goto(world.site.pageOf(business.widgetKey))
  await consentOn(page)[choice].click()
  await consentOn(page).choices.waitFor()
  if (choice === 'accept') await until('the page’s own pixel', () => told() > before)
  const chat = chatOn(page)
  await chat.open()
  await chat.introduce({ name: 'Ada Okoro', email: '' })
  await chat.say('Hello')
  await chat.log.getByText('Sent').waitFor()
  if (script !== undefined) await page.evaluate(script)
  found.push(...(await leftBehind(visitor, hosts)))

  await page.goto(`${world.url}/privacy/${business.slug}/cookies`)
  await page.getByRole('heading', { name: 'Essential' }).waitFor()
  const listed = (await page.getByRole('main').innerText()).replace(/\s+/g, ' ')
  await page.goto(`${world.url}/privacy/${business.slug}`)
  await askForCopy(page, newPerson().email)
  found.push(...(await leftBehind(visitor, hosts)))
  await context.close()
  const once = new Map(found.map((one) => [`${one.storage} ${one.name}`, one]))
  return { found: [...once.values()], listed }
}
