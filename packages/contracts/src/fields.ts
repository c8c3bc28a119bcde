import { z } from 'zod'

/** Shapes of single values that several contracts share, with the limits the databases rely on. */
export const Id = z.uuid()
export const Email = z.string().trim().toLowerCase().pipe(z.email().max(254))
export const personNameMax = 120
export const PersonName = printable(1, personNameMax)
export const CompanyName = printable(1, 160)
export const Country = z
  .string()
  .regex(/^[A-Z]{2}$/, { error: 'two capital letters, as in ISO 3166-1', abort: true })
  .refine((code) => code !== 'ZZ' && regionNames.of(code) !== undefined, 'no such country')
export const Password = z.string().min(10, 'at least 10 characters').max(256)
export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(80)
export const Time = z.iso.datetime()
export const Secret = z.string().min(16).max(512)
/** A place in a conversation: its numbers are 32 bits wide. */
export const Seq = z.number().int().min(0).max(2_147_483_647)
export const Limit = z.number().int().min(1).max(200)
export const Cursor = z.string().max(400)
export const Money = z.object({ amountMinor: z.number().int(), currency: z.string().regex(/^[A-Z]{3}$/) })

const regionNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })

/**
 * One line a person typed: trimmed, no control characters (PostgreSQL refuses NUL), no lone surrogates, and nothing that
 * turns the direction of what stands beside it (Unicode UAX 9, explicit embeddings, overrides and isolates).
 */
export function printable(min: number, max: number) {
  return z
    .string()
    .trim()
    .min(min)
    .max(max)
    .refine(
      (text) => text.isWellFormed() && !/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u.test(text),
      'no control characters',
    )
}

/** Several lines a person typed. */
export function prose(min: number, max: number) {
  return z
    .string()
    .min(min)
    .max(max)
    .refine((text) => text.isWellFormed() && !/[^\P{Cc}\n\r\t]/u.test(text), 'no control characters')
    .refine((text) => min === 0 || text.trim() !== '', 'must not be blank')
}

export type Money = z.infer<typeof Money>
