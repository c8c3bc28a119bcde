import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { IdentityRouter } from '@candor/contracts/identity'
import type { StaffSession } from '@candor/contracts/identity/schemas'
import { createTRPCClient, httpLink, isTRPCClientError } from '@trpc/client'
import { z } from 'zod'
import type { Message } from '../mail-sink/message.ts'
import { waitUntil } from '../processes/wait-until.ts'

/**
 * Signs up a business to try things with, its owner and an agent, through the public API like anybody. Its passwords
 * are noted before they are used, so that an interrupted start is completed by the next.
 */
export async function provideDemoBusiness(options: DemoOptions): Promise<DemoBusiness> {
  const { path, publicUrl } = options
  const noted: unknown = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : newBusiness()
  const complete = DemoBusiness.safeParse(noted)
  if (complete.success) return complete.data
  const known = Draft.parse(noted)
  save(path, known)
  const { business, accessToken } = await signUpOrIn(publicUrl, known)
  await addAgent(options, known, accessToken)
  const demo = { ...known, slug: business.slug, widgetKey: business.widgetKey }
  save(path, demo)
  return demo
}

async function signUpOrIn(publicUrl: string, { company, country, owner }: Draft): Promise<StaffSession> {
  const identity = identityClient(publicUrl)
  const { name, email, password } = owner
  return identity.signUp.mutate({ name, email, password, company, country }).catch((error) => {
    if (!isReason(error, 'conflict')) throw error
    return identity.signIn.mutate({ email, password })
  })
}

async function addAgent(options: DemoOptions, { agent }: Draft, ownerToken: string): Promise<void> {
  const { name, email, password } = agent
  try {
    await identityClient(options.publicUrl, ownerToken).inviteStaff.mutate({ email, role: 'agent' })
  } catch (error) {
    // Somebody who works here already cannot be invited, and need not be.
    if (isReason(error, 'conflict')) return
    throw error
  }
  const token = await waitUntil('the invitation mail', () => invitationToken(options.mails, email))
  await identityClient(options.publicUrl).acceptInvitation.mutate({ token, name, password })
}

/** From the newest mail to that address. */
function invitationToken(mails: readonly Message[], email: string): string | undefined {
  const mail = mails.find(({ to }) => to.includes(email))
  return mail && /\/invitation#token=([\w-]+)/.exec(mail.text)?.[1]
}

function identityClient(publicUrl: string, accessToken?: string) {
  const headers = accessToken ? { authorization: `Bearer ${accessToken}` } : {}
  return createTRPCClient<IdentityRouter>({
    links: [httpLink({ url: `${publicUrl}/trpc/identity`, headers })],
  })
}

function isReason(error: unknown, reason: string): boolean {
  return isTRPCClientError<IdentityRouter>(error) && error.data?.reason === reason
}

function newBusiness(): Draft {
  return {
    company: "Rosie's Bicycles",
    country: 'NL',
    owner: { name: 'Rosie Vermeer', email: 'rosie@bicycles.example', password: newPassword() },
    agent: { name: 'Sam Okafor', email: 'sam@bicycles.example', password: newPassword() },
  }
}

/** Easy to type over from a terminal, and no two installations share it. */
function newPassword(): string {
  return `bicycle-${randomBytes(5).toString('hex')}`
}

function save(path: string, business: Draft): void {
  writeFileSync(`${path}.new`, JSON.stringify(business, undefined, 2), { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

const Person = z.object({ name: z.string(), email: z.string(), password: z.string() })

const Draft = z.object({ company: z.string(), country: z.string(), owner: Person, agent: Person })
type Draft = z.infer<typeof Draft>

/** A draft that was signed up and staffed. */
const DemoBusiness = Draft.extend({ slug: z.string(), widgetKey: z.string() })
export type DemoBusiness = z.infer<typeof DemoBusiness>

export interface DemoOptions {
  /** Where the credentials are kept. */
  path: string
  publicUrl: string
  /** What the mail sink has received, newest first. */
  mails: readonly Message[]
}
