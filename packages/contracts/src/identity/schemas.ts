import { z } from 'zod'
import { roles } from '../callers.ts'
import { CompanyName, Country, Email, Id, Password, PersonName, Slug, Time } from '../fields.ts'

export const Role = z.enum(roles)

/** Goes into the page that embeds the widget; it is not a secret. */
export const WidgetKey = z.string().regex(/^[\w-]{1,80}$/)

export const StaffUser = z.object({
  id: Id,
  name: z.string(),
  email: z.string(),
  role: Role,
  createdAt: Time,
})
export type StaffUser = z.infer<typeof StaffUser>

export const Business = z.object({
  id: Id,
  name: z.string(),
  /** Names the business in addresses: `/privacy/<slug>`. */
  slug: Slug,
  country: z.string(),
  widgetKey: z.string(),
})
export type Business = z.infer<typeof Business>

export const StaffSession = z.object({
  accessToken: z.string(),
  accessExpiresAt: Time,
  /** Works once; the answer to it holds the next one. */
  refreshToken: z.string(),
  user: StaffUser,
  business: Business,
})
export type StaffSession = z.infer<typeof StaffSession>

export const VisitorSession = z.object({
  accessToken: z.string(),
  accessExpiresAt: Time,
  refreshToken: z.string(),
  visitorId: Id,
  business: Business.pick({ name: true, slug: true }).extend({
    /** Who may use the chat, in words for the visitor; null where the notice sets no age. */
    ageNote: z.string().nullable(),
    /** What name and address are asked for, in words for the visitor. */
    whyAsked: z.string(),
  }),
})
export type VisitorSession = z.infer<typeof VisitorSession>

export const Tokens = z.object({ accessToken: z.string(), accessExpiresAt: Time, refreshToken: z.string() })
export type Tokens = z.infer<typeof Tokens>

export const Invitation = z.object({ id: Id, email: z.string(), role: Role, expiresAt: Time })
export type Invitation = z.infer<typeof Invitation>

/** Who opens an account with Candor is at least this old; what a chat asks of visitors its own notice says. */
export const accountAgeMin = 18

export const SignUp = z.object({
  name: PersonName,
  email: Email,
  country: Country,
  /** Left out, the business has its owner's name. */
  company: CompanyName.optional(),
  password: Password,
})

/** Public half of a signing key (RFC 7517, RFC 8037). */
export const PublicKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  kid: z.string(),
  alg: z.literal('EdDSA'),
  use: z.literal('sig'),
})
export type PublicKey = z.infer<typeof PublicKey>

/** A session of which no token counts from `at` on or, where a role is named, none that names another. */
export const EndedSession = z.object({ sessionId: Id, at: Time, role: z.enum(roles).nullable() })
export type EndedSession = z.infer<typeof EndedSession>

/** How many are told at once; fewer are the last. */
export const endedSessionsMax = 5_000

/** From where and with what somebody signed in or was refused; nothing says who. */
export const SecurityEntry = z.object({
  seenAt: Time,
  what: z.string(),
  outcome: z.string(),
  address: z.string(),
  device: z.string().nullable(),
})
export type SecurityEntry = z.infer<typeof SecurityEntry>
