import { randomBytes } from 'node:crypto'
import type { RequestKind } from '@candor/contracts/policy/policy'
import type { PackId } from '@candor/contracts/policy/tenant-rules'
import type { RequestDetails } from '@candor/contracts/privacy/request-shapes'
import type { BrowserContextOptions } from 'playwright-core'
import type { Person } from '../browser/person.ts'
import { clientsOf } from '../story/clients.ts'
import type { Clients } from '../story/clients.ts'
import { fromLink } from '../story/mailbox.ts'
import type { Mailbox } from '../story/mailbox.ts'
import { until } from '../story/until.ts'
import type { ForeignSite } from './foreign-site.ts'
import type { Inside } from './inside.ts'

/** Where promises are shown: a platform, and a business on it that has chosen the pack in question. */
export interface World extends Place {
  /** Somebody else's site, with the chat on it. */
  readonly site: ForeignSite
  /** Somebody at a browser of their own. */
  browse(options?: BrowserContextOptions): Promise<Person>
}

/** A business on a platform. */
export interface Place extends Platform {
  readonly pack: PackId
  readonly business: Business
}

/** A business on a platform whose stores are open. */
export type OpenPlace = Place & Pick<Inside, 'search'>

/** A platform of our own besides lets itself be looked into, and its time be moved. */
export type InsideWorld = World & Inside

/** The platform as its users reach it. */
export interface Platform {
  readonly url: string
  readonly mailbox: Mailbox
  now(): Date
}

export interface Business {
  readonly id: string
  readonly slug: string
  readonly widgetKey: string
  readonly name: string
  /** Clients of the owner, signed in at the present time; time that has moved ends sessions. */
  owner: SignedIn
  agent: SignedIn
  /** Invites somebody who joins at once. */
  join(role: 'admin' | 'agent'): Promise<SignedIn>
}

/** Clients of a member of staff, with a session that is still good. */
export interface SignedIn {
  (): Promise<Clients>
  token(): Promise<string>
  /** Signs in anew next time: tokens say what their holder may as it was when they were made. */
  forget(): void
}

/** Of every account that a probe opens. */
export const password = 'a long and unusual pass phrase'

/** A word that stands nowhere else, to be looked for later. */
export function canary(of: string): string {
  return `${of}${randomBytes(6).toString('hex')}`
}

/** Signs up a business with an owner and an agent. */
export async function openBusiness(platform: Platform, country = 'DE'): Promise<Business> {
  const anyone = clientsOf(platform.url)
  const tag = canary('')
  const email = (who: string) => `${who}-${tag}@example.com`
  const account = { name: 'Olga Owner', email: email('owner'), country, company: `Shop ${tag}`, password }
  const { business } = await anyone.identity.signUp.mutate(account)
  const owner = signedIn(platform, email('owner'))
  const join = async (role: 'admin' | 'agent', name = 'Ada Admin') => {
    const address = email(canary(role))
    await (await owner()).identity.inviteStaff.mutate({ email: address, role })
    const token = fromLink(await platform.mailbox.letterTo(address, '#token='), 'token')
    await anyone.identity.acceptInvitation.mutate({ token, name, password })
    return signedIn(platform, address)
  }
  return { ...business, owner, agent: await join('agent', 'Aron Agent'), join }
}

function signedIn(platform: Platform, email: string): SignedIn {
  let session: Promise<{ accessToken: string; clients: Clients }> | undefined
  let endsAt = 0
  const current = () => {
    if (!session || platform.now().getTime() >= endsAt) {
      // Access tokens live ten minutes.
      endsAt = platform.now().getTime() + 5 * 60_000
      session = clientsOf(platform.url)
        .identity.signIn.mutate({ email, password })
        .then(({ accessToken }) => ({ accessToken, clients: clientsOf(platform.url, accessToken) }))
    }
    return session
  }
  return Object.assign(async () => (await current()).clients, {
    token: async () => (await current()).accessToken,
    forget: () => void (session = undefined),
  })
}

/** Acknowledges the briefing, as staff have to a week after they joined and every year; a new session knows it. */
export async function acknowledgeBriefing(staff: () => Promise<Clients>): Promise<void> {
  const { privacy } = await staff()
  const { version } = await privacy.getBriefing.query({})
  await privacy.acknowledgeBriefing.mutate({ version })
}

/** A visitor of the business's site. */
export async function visit(world: Place): Promise<Clients> {
  const { widgetKey } = world.business
  const { accessToken } = await clientsOf(world.url).identity.startVisitorSession.mutate({ widgetKey })
  return clientsOf(world.url, accessToken)
}

/** Where the business is written to by mail. */
export function inboxOf({ business }: Place): string {
  return `${business.slug}@in.candor.localhost`
}

/** A person with words of their own in every field, to be looked for later. */
export function newPerson() {
  const words = { name: canary('name'), email: canary('mail'), text: canary('text') }
  return { ...words, email: `${words.email}@example.net`, words: Object.values(words) }
}

/** A chat of `person` that an agent answered and closed, and that is archived. */
export async function closedChat(world: Place, person: ReturnType<typeof newPerson>) {
  const asVisitor = await visit(world)
  const asAgent = await world.business.agent()
  const { name, email, text } = person
  const { conversation } = await asVisitor.chat.startConversation.mutate({ name, email, text })
  const conversationId = conversation.id
  await asAgent.chat.closeConversation.mutate({ conversationId })
  await until('the transcript', () =>
    asAgent.transcripts.getTranscript.query({ conversationId }).catch(() => undefined),
  )
  return { conversationId, asVisitor, closedAt: world.now() }
}

/** A request with its address proven by the mailed link, and clients of who made it. Null: to every business. */
export async function proveRequest(
  world: Place,
  kind: RequestKind,
  email: string,
  details: RequestDetails & { business?: null } = {},
) {
  const anyone = clientsOf(world.url)
  const { business, ...rest } = details
  const to = business === null ? {} : { business: world.business.slug }
  const { id: requestId } = await anyone.privacy.openRequest.mutate({ ...rest, ...to, kind, email })
  const proof = fromLink(await world.mailbox.letterTo(email, `request=${requestId}`), 'proof')
  const { accessToken } = await anyone.privacy.proveIdentity.mutate({ requestId, proof })
  const asSubject = clientsOf(world.url, accessToken)
  const reached = (state: string) =>
    until(
      `the request to be ${state}`,
      async () => (await asSubject.privacy.getRequest.query({ requestId })).state === state,
      60_000,
    )
  return { requestId, asSubject, reached }
}
