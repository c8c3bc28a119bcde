import type { AnyProcedure } from '@candor/contracts/contract'
import { z } from 'zod'

/**
 * A valid input for a procedure, made from its schema alone. Values under a name that `known` has come from there, so
 * that ids can be those of rows that exist. With `everything`, optional fields are filled too.
 */
export function sampleInput(
  procedure: AnyProcedure,
  known: Record<string, unknown> = {},
  everything = true,
): unknown {
  return sample(schemaOf(procedure), '', { ...wellKnown, ...known }, everything)
}

/** Values whose form the schema states only as a pattern or a refinement. */
const wellKnown: Record<string, unknown> = {
  email: 'someone@example.org',
  country: 'DE',
  currency: 'EUR',
  business: 'a-business',
  slug: 'a-business',
  phone: '+49 40 123456',
  password: 'a long and unusual pass phrase',
  currentPassword: 'a long and unusual pass phrase',
  lastEventId: '0',
  recipient: 'someone@example.org',
}

function sample(
  schema: JsonSchema,
  name: string,
  known: Record<string, unknown>,
  everything: boolean,
): unknown {
  if (Object.hasOwn(known, name)) return known[name]
  const choice = schema.anyOf?.find(({ type }) => type !== 'null') ?? schema.allOf?.[0]
  if (choice) return sample(choice, name, known, everything)
  if (schema.enum) return schema.enum[0]
  if ('const' in schema) return schema.const
  if (schema.type === 'object') {
    const required = new Set(schema.required)
    const entries = Object.entries(schema.properties ?? {}).filter(([key]) => everything || required.has(key))
    return Object.fromEntries(entries.map(([key, value]) => [key, sample(value, key, known, everything)]))
  }
  if (schema.type === 'array') return [sample(schema.items ?? {}, name.replace(/s$/, ''), known, everything)]
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(schema.minimum ?? 1, 1)
  if (schema.type === 'boolean') return true
  if (schema.format === 'uuid') return '01890a5d-ac96-774b-bcce-b302099a8057'
  if (schema.format === 'email') return 'someone@example.org'
  if (schema.format === 'date-time') return '2026-01-01T00:00:00.000Z'
  return 'x'.repeat(Math.max(schema.minLength ?? 1, 3))
}

/** Every field of an input, by path and schema: what a probe or a mutation can be put into. */
export function fieldsOf(procedure: AnyProcedure): Field[] {
  return walk(schemaOf(procedure), [])
}

function walk(schema: JsonSchema, path: string[]): Field[] {
  const choice = schema.anyOf?.find(({ type }) => type !== 'null')
  if (choice) return walk(choice, path)
  if (schema.type === 'object')
    return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => walk(value, [...path, key]))
  const isList = schema.type === 'array'
  const inside = isList && schema.items?.type === 'object' ? walk(schema.items, [...path, '0']) : []
  const isId = schema.format === 'uuid' || schema.items?.format === 'uuid'
  return [{ path, isId, isList }, ...inside]
}

/** The same input with another value in one place. */
export function put(input: unknown, path: readonly string[], value: unknown): unknown {
  const [first, ...rest] = path
  if (first === undefined) return value
  if (Array.isArray(input)) return input.with(Number(first), put(input[Number(first)], rest, value))
  const object = input as Record<string, unknown>
  return { ...object, [first]: put(object[first] ?? {}, rest, value) }
}

/** Making it takes longer than most calls that are made of it. */
function schemaOf(procedure: AnyProcedure): JsonSchema {
  const known = schemas.get(procedure)
  if (known) return known
  const schema = z.toJSONSchema(procedure.input, { io: 'input', unrepresentable: 'any' }) as JsonSchema
  schemas.set(procedure, schema)
  return schema
}

const schemas = new WeakMap<AnyProcedure, JsonSchema>()

export interface Field {
  path: string[]
  isId: boolean
  isList: boolean
}

interface JsonSchema {
  type?: string
  format?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  anyOf?: JsonSchema[]
  allOf?: JsonSchema[]
  enum?: unknown[]
  const?: unknown
  minimum?: number
  minLength?: number
}
