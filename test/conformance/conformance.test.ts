import { expect, test } from 'vitest'
import { runConformance } from './conformance.ts'

/** One of each pack, and by every kind of evidence. */
const few = {
  'imbachat-14-information-on-request': 'answers of the public API',
  'imocloud-14-revised-date': 'a page in a browser, and a letter',
  'imsupporting-14-chat-12-months': 'every store, before and after a year',
  'chatinbox-07-sharing-only-as-named': 'metrics of a service',
  'chatsphere-10-effective-date': 'the public API, before and after a month',
}
const unshown = 'imocloud-08-business-transfer'

test('some promises are shown on a running platform, a year passing; one that has no probe is told as unproven', async () => {
  const outcomes = await runConformance({
    isWanted: (clause) => clause in few || clause === unshown,
    signal: new AbortController().signal,
    onOutcome: () => {},
  })
  const told = outcomes.map(({ clause, state, evidence }) =>
    state === 'broken' ? `${clause} broken: ${evidence}` : `${clause} ${state}`,
  )
  expect(told.toSorted()).toEqual(
    [...Object.keys(few).map((clause) => `${clause} kept`), `${unshown} unproven`].toSorted(),
  )
})
