import { isInternal } from './contract.ts'
import type { AnyContract, AnyProcedure } from './contract.ts'
import { contracts, events } from './catalogue.ts'
import { errorReasons } from './errors.ts'
import { purposes } from './purposes.ts'
import { typeText } from './type-text.ts'

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
    `- input: \`${typeText(row.input, 'input')}\``,
    `- output: \`${typeText(row.output, 'output')}\``,
    ...(row.errors.length > 0
      ? [`- fails with: ${row.errors.map((reason) => `\`${reason}\``).join(', ')}`]
      : []),
    '',
  ]
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
