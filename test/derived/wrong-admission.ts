import { isService } from '@candor/contracts/callers'
import type { CallerKind } from '@candor/contracts/callers'
import type { AnyProcedure } from '@candor/contracts/contract'
import { everyPublicProcedure } from './every-procedure.ts'
import type { NamedProcedure } from './every-procedure.ts'
import { inBatches, rawBatch, rawCall } from './raw-call.ts'
import type { RawAnswer } from './raw-call.ts'
import { sampleInput } from './sample-input.ts'

export const outsiders = [
  'anyone',
  'visitor',
  'subject',
  'owner',
  'admin',
  'agent',
] as const satisfies CallerKind[]

/**
 * Where a procedure lets somebody in, or refuses them, otherwise than its contract says: what it answered. The input is
 * one that is refused once read: who is let in gets as far as that, and nothing is changed.
 */
export async function wrongAdmission(asked: Asked): Promise<string | undefined> {
  const { url, service, name, procedure, who, token } = asked
  const answer = await rawCall(url, service, name, procedure, badFields(sampleInput(procedure)), token)
  return judge({ service, name, procedure }, who, answer)
}

/** The same for many procedures of one service, in as few requests as can be. */
export async function wrongAdmissions(
  rows: readonly NamedProcedure[],
  { url, who, token }: Pick<Asked, 'url' | 'who' | 'token'>,
): Promise<string[]> {
  const answers = await askAll(url, rows, token)
  return answers.flatMap(({ row, answer }) => judge(row, who, answer) ?? [])
}

/** Procedures for callers of a kind, and not for everybody, that let a token in: of every service. */
export async function openTo(url: string, who: Outsider, token: string): Promise<string[]> {
  const rows = everyPublicProcedure.filter(
    ({ procedure: { access } }) => access.includes(who) && !access.includes('anyone'),
  )
  const answers = await askAll(url, rows, token)
  return answers.flatMap(({ row: { service, name }, answer }) =>
    answer.error?.data.reason === 'not-signed-in' ? [] : [`${service}.${name}`],
  )
}

/** Calls of one kind to one service go together; a stream is asked for alone. */
async function askAll(url: string, rows: readonly NamedProcedure[], token: string | undefined) {
  const calls = rows.map((row) => ({ ...row, input: badFields(sampleInput(row.procedure)) }))
  const alike = Map.groupBy(calls, ({ service, procedure }) => `${service} ${procedure.kind}`)
  const requests = [...alike.values()]
    .flatMap((some) => inBatches(some))
    .map(async (batch) => {
      const [{ service, name, procedure, input }] = batch as [(typeof batch)[number]]
      const answers =
        procedure.kind === 'subscription'
          ? [await rawCall(url, service, name, procedure, input, token)]
          : await rawBatch(url, service, batch, token)
      return batch.map((row, place) => ({ row, answer: answers[place]! }))
    })
  return (await Promise.all(requests)).flat()
}

function judge(
  { service, name, procedure }: NamedProcedure,
  who: Outsider,
  { error }: RawAnswer,
): string | undefined {
  const seen = error && `${error.data.reason} ${error.data.httpStatus}`
  if (expectedAnswers(procedure, who).includes(seen)) return undefined
  return `${service}.${name} answers ${seen} to ${who}`
}

/** Internal rows do not exist over HTTP. */
function expectedAnswers({ access }: AnyProcedure, who: Outsider): (string | undefined)[] {
  if (access.every(isService)) return ['no-such-procedure 404']
  if (access.includes('anyone') || access.includes(who)) return ['bad-input 400', undefined]
  return [who === 'anyone' ? 'not-signed-in 401' : 'forbidden 403']
}

/** Every field of a type that no schema here takes; where there is no field, no object at all. */
function badFields(input: unknown): unknown {
  if (Object.keys(input as object).length === 0) return 'no object'
  return Object.fromEntries(Object.keys(input as object).map((key) => [key, { not: 'a value' }]))
}

type Outsider = (typeof outsiders)[number]

interface Asked {
  url: string
  service: string
  name: string
  procedure: AnyProcedure
  who: Outsider
  token: string | undefined
}
