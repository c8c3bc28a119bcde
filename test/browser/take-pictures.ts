import { readCommandLine } from '@candor/runtime/command-line'
import { openMailbox } from '../story/mailbox.ts'
import { clientsOf } from '../story/clients.ts'
import { newBusiness } from './new-business.ts'
import type { NewBusiness } from './new-business.ts'
import { openPerson } from './person.ts'
import { busyMorning } from './pictures/busy-morning.ts'
import { openCamera } from './pictures/camera.ts'
import { photographBilling } from './pictures/billing.ts'
import { photographChat } from './pictures/chat.ts'
import { photographCompliance } from './pictures/compliance.ts'
import { photographPrivacy } from './pictures/privacy.ts'
import { signIn } from './acts/console.ts'
import { openBrowser } from './open-browser.ts'

const { values } = readCommandLine(
  `Usage: npm run pictures -- [--url URL]
Takes the pictures of the documentation on a running platform.`,
  { options: { url: { type: 'string', default: `http://localhost:${process.env.CANDOR_PORT ?? 8080}` } } },
)
const url = values.url.replace(/\/+$/, '')
const screen = {
  deviceScaleFactor: 2,
  viewport: { width: 1280, height: 800 },
  timezoneId: timezoneOfMorning(),
}

const browser = await openBrowser()
try {
  const [staff, visitor] = [await openPerson(browser, screen), await openPerson(browser, screen)]
  const shop = await newBusiness(url, "Rosie's Bicycles")
  await busyMorning(url, shop)
  await acknowledgeBriefing(shop)
  await signIn(staff.page, url, shop.people.owner)
  const set = {
    ...shop,
    url,
    mailbox: openMailbox(url),
    camera: await openCamera(new URL('../../docs/pictures/', import.meta.url).pathname),
    staff: staff.page,
    visitor: visitor.page,
  }
  await photographChat(set)
  await photographBilling(set)
  await photographCompliance(set)
  await photographPrivacy(set)
} finally {
  await browser.close()
}

/** So that no reminder of it stands above everything. */
async function acknowledgeBriefing({ accessToken }: NewBusiness): Promise<void> {
  const { privacy } = clientsOf(url, accessToken)
  const { version } = await privacy.getBriefing.query({})
  await privacy.acknowledgeBriefing.mutate({ version })
}

/** Where it is ten in the morning now: nobody's shop is open at night. */
function timezoneOfMorning(): string {
  const hoursAhead = 10 - new Date().getUTCHours()
  const offset = hoursAhead < -12 ? hoursAhead + 24 : hoursAhead
  return `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`
}
