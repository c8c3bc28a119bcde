import type { SubjectRef } from '@candor/contracts/data-holder'
import { askAll } from './holders.ts'
import type { Holder } from './holders.ts'

/**
 * Gathers the ids under which any service knows the person, until no service can add one: what chat knows by address
 * may lead transcripts to more.
 */
export async function locateEverywhere(holders: readonly Holder[], subject: SubjectRef): Promise<SubjectRef> {
  let known = subject
  for (let round = 1; round <= roundsMax; round++) {
    const answers = await askAll(holders, (client) => client.locateSubject.query({ subject: known }))
    const wider = answers.reduce((sum, { answer }) => join(sum, answer), known)
    if (countIds(wider) === countIds(known)) break
    known = wider
  }
  return known
}

/** Each round reaches one service further than the last; the longest way through five leads over four borders. */
const roundsMax = 4

function join(one: SubjectRef, other: SubjectRef): SubjectRef {
  return {
    ...one,
    visitorIds: [...new Set([...one.visitorIds, ...other.visitorIds])],
    userIds: [...new Set([...one.userIds, ...other.userIds])],
  }
}

function countIds({ visitorIds, userIds }: SubjectRef): number {
  return visitorIds.length + userIds.length
}
