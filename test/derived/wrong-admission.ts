import { isService } from '@candor/contracts/callers'
import type { CallerKind } from '@candor/contracts/callers'
import type { AnyProcedure } from '@candor/contracts/contract'
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

/** Internal rows do not exist over HTTP. */
function expectedAnswers({ access }: AnyProcedure, who: Outsider): (string | undefined)[] {
  if (access.every(isService)) return ['no-such-procedure 404']
  if (access.includes('anyone') || access.includes(who)) return ['bad-input 400', undefined]
  return [who === 'anyone' ? 'not-signed-in 401' : 'forbidden 403']
}

/** Every field of a type that no schema here takes. */
function badFields(input: unknown): object {
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
