import { z } from 'zod'
import { Id, printable, Time } from '../fields.ts'
import { categoryIds } from './categories.ts'
import { Policy } from './policy.ts'

export const packIds = ['candor', 'imbachat', 'imocloud', 'imsupporting', 'chatinbox', 'chatsphere'] as const
export const PackId = z.enum(packIds)
export type PackId = z.infer<typeof PackId>

/** One published version of a business's notice. It is in force from `effectiveAt` until the next one is. */
export const PolicyVersion = z.strictObject({
  version: z.number().int().min(1),
  /** The pack it started from. */
  pack: PackId,
  revisedAt: Time,
  effectiveAt: Time,
  policy: Policy,
})
export type PolicyVersion = z.infer<typeof PolicyVersion>

/** A record class that must not be deleted or anonymised while the hold lasts, whatever its period says. */
export const LegalHold = z.strictObject({
  id: Id,
  category: z.enum(categoryIds),
  law: printable(1, 200),
  /** Who answers for it. */
  owner: printable(1, 120),
  /** null: until it is released. */
  until: Time.nullable(),
})
export type LegalHold = z.infer<typeof LegalHold>

/** What privacy hands to every service about one tenant; a higher revision replaces a lower one. */
export const TenantRules = z.strictObject({
  tenantId: Id,
  revision: z.number().int().min(1),
  /** The version in force and those that will be, in order of effect. */
  versions: z.array(PolicyVersion).min(1),
  holds: z.array(LegalHold),
  /** The business has closed its account: nobody of it is let in. What a law keeps is still obeyed by the rest. */
  closedAt: Time.optional(),
})
export type TenantRules = z.infer<typeof TenantRules>
