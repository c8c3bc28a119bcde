import { z } from 'zod'
import { isInternal } from './contract.ts'
import type { AnyContract, AnyProcedure } from './contract.ts'
import { contracts, events } from './catalogue.ts'
import { errorReasons } from './errors.ts'
import { purposes } from './purposes.ts'

/** The API reference as Markdown, from the contracts alone. `docs/api.md` is what it answered last. */
export function apiReference(): string {
  return [
    '# API reference',
    '',
    'Written by `npm run api-reference` from `packages/contracts`; do not edit it by hand.',
    '',
    'Public procedures answer at `/trpc/<service>/<procedure>` to any [tRPC](https://trpc.io) client: queries by GET,',
    'mutations by POST, subscriptions as Server-Sent Events. Callers are known by `authorization: Bearer <token>`.',
    'Internal procedures answer to the named services over NATS on `rpc.<service>.<procedure>.<caller>`.',
    '',
    ...Object.values(contracts).flatMap(describeContract),
    ...describeEvents(),
    ...describeErrors(),
  ].join('\n')
}

function describeContract(contract: AnyContract): string[] {
  const rows = Object.entries(contract.procedures)
  const isShared = (name: string) => Object.values(contracts).every((other) => name in other.procedures)
  return [
    `## ${contract.name}`,
    '',
    ...rows.filter(([, row]) => !isInternal(row)).flatMap(([name, row]) => describeProcedure(name, row)),
    `### Internal`,
    '',
    '| Procedure | Kind | For | |',
    '| --- | --- | --- | --- |',
    ...rows
      .filter(([name, row]) => isInternal(row) && !isShared(name))
      .map(([name, row]) => `| \`${name}\` | ${row.kind} | ${row.access.join(', ')} | ${row.summary} |`),
    ...rows
      .filter(([name, row]) => isInternal(row) && isShared(name))
      .map(
        ([name, row]) =>
          `| \`${name}\` (every service) | ${row.kind} | ${row.access.join(', ')} | ${row.summary} |`,
      ),
    '',
  ]
}

function describeProcedure(name: string, row: AnyProcedure): string[] {
  return [
    `### \`${name}\``,
    '',
    row.summary,
    '',
    `- ${row.kind}, for ${row.access.join(', ')}`,
    `- purpose: ${purposes[row.purpose].toLowerCase()}`,
    `- input: ${describeShape(z.toJSONSchema(row.input, { io: 'input', unrepresentable: 'any' }) as Shape)}`,
    `- output: ${describeShape(z.toJSONSchema(row.output, { io: 'output', unrepresentable: 'any' }) as Shape)}`,
    ...(row.errors.length > 0
      ? [`- fails with: ${row.errors.map((reason) => `\`${reason}\``).join(', ')}`]
      : []),
    '',
  ]
}

/** A schema in one line, as TypeScript would write its type. */
function describeShape(shape: Shape): string {
  return `\`${typeText(shape)}\``
}

function typeText(shape: Shape): string {
  const choices = shape.anyOf ?? shape.oneOf
  if (choices) return choices.map(typeText).join(' | ')
  if (shape.allOf) return typeText(shape.allOf[0]!)
  if (shape.enum) return shape.enum.map((value) => JSON.stringify(value)).join(' | ')
  if ('const' in shape) return JSON.stringify(shape.const)
  if (shape.type === 'array') return `${arrayItem(typeText(shape.items ?? {}))}[]`
  if (shape.type === 'object' && shape.properties) {
    const fields = Object.entries(shape.properties).map(
      ([name, field]) => `${name}${shape.required?.includes(name) ? '' : '?'}: ${typeText(field)}`,
    )
    return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}'
  }
  if (shape.format === 'uuid') return 'uuid'
  if (shape.format === 'date-time') return 'time'
  if (shape.format === 'email') return 'email'
  return shape.type ?? 'unknown'
}

function arrayItem(text: string): string {
  return text.includes('|') ? `(${text})` : text
}

function describeEvents(): string[] {
  return [
    '## Events',
    '',
    '| Event | For | |',
    '| --- | --- | --- |',
    ...events.map((event) => `| \`${event.subject}\` | ${event.listeners.join(', ')} | ${event.summary} |`),
    '',
  ]
}

function describeErrors(): string[] {
  return [
    '## Errors',
    '',
    'In `error.data` stand `reason`, `retryable`, `traceId`, for `bad-input` the refused `fields`, for `too-many`',
    '`retryAfterSeconds`. The table is closed.',
    '',
    '| Reason | tRPC code | May pass by itself |',
    '| --- | --- | --- |',
    ...Object.entries(errorReasons).map(
      ([reason, row]) => `| \`${reason}\` | ${row.code} | ${row.retryable ? 'yes' : 'no'} |`,
    ),
    '',
  ]
}

interface Shape {
  type?: string
  format?: string
  properties?: Record<string, Shape>
  required?: string[]
  items?: Shape
  anyOf?: Shape[]
  oneOf?: Shape[]
  allOf?: Shape[]
  enum?: unknown[]
  const?: unknown
}
