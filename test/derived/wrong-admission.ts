import { isService } from '@candor/contracts/callers'
import type { CallerKind } from '@candor/contracts/callers'
import type { AnyProcedure } from '@candor/contracts/contract'
import { everyPublicProcedure } from './every-procedure.ts'
import { rawCall } from './raw-call.ts'
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
  const { error } = await rawCall(url, service, name, procedure, badFields(sampleInput(procedure)), token)
  const seen = error && `${error.data.reason} ${error.data.httpStatus}`
  const expected = expectedAnswers(procedure, who)
  return expected.includes(seen) ? undefined : `${service}.${name} answers ${seen} to ${who}`
}

/** Procedures for callers of a kind, and not for everybody, that let a token in: of every service. */
export async function openTo(url: string, who: Outsider, token: string): Promise<string[]> {
  const rows = everyPublicProcedure.filter(
    ({ procedure: { access } }) => access.includes(who) && !access.includes('anyone'),
  )
  const answers = rows.map(async ({ service, name, procedure }) => {
    const { error } = await rawCall(url, service, name, procedure, badFields(sampleInput(procedure)), token)
    return error?.data.reason === 'not-signed-in' ? [] : [`${service}.${name}`]
  })
  return (await Promise.all(answers)).flat()
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
