import type { AnyProcedure } from '@candor/contracts/contract'
import { freshKeys } from './cross-tenant-probes.ts'
import { rawCall } from './raw-call.ts'
import type { RawAnswer } from './raw-call.ts'
import { fieldsOf, sampleInput } from './sample-input.ts'
import type { Tenant } from './tenants.ts'

/**
 * Calls a procedure as somebody of one tenant with every id of another that its input has a place for, with and without
 * its optional fields. `isAsked`: the input really named something of the other.
 */
export async function askWithIdsOf(
  theirs: Pick<Tenant, 'ids'>,
  { url, service, name, procedure, who, mine }: Asked,
): Promise<{ answer: RawAnswer; isAsked: boolean }[]> {
  const named = fieldsOf(procedure)
    .filter(({ isId, path }) => isId && Object.hasOwn(theirs.ids, path.at(-1)!))
    .map(({ path }) => path.at(-1)!)
  const answers = []
  for (const everything of [true, false]) {
    const ids = { ...mine.ids, ...freshKeys(), ...pick(theirs.ids, named) }
    const input = sampleInput(procedure, ids, everything)
    const answer = await rawCall(url, service, name, procedure, input, mine.tokens[who])
    const asked = JSON.stringify(input)
    const isAsked = named.some((field) => asked.includes(String(theirs.ids[field as 'userId'])))
    answers.push({ answer, isAsked })
  }
  return answers
}

function pick(from: object, names: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)))
}

interface Asked {
  url: string
  service: string
  name: string
  procedure: AnyProcedure
  who: keyof Tenant['tokens']
  mine: Pick<Tenant, 'ids' | 'tokens'>
}
