import { expect, test } from 'vitest'
import { runConformance } from './conformance.ts'

const few = [
  'imsupporting-14-chat-12-months',
  'chatsphere-10-effective-date',
  'imbachat-14-information-on-request',
]

test('some promises are shown on a running platform, a year passing; one that has no probe is told as unproven', async () => {
  const outcomes = await runConformance({
    isWanted: (clause) => [...few, 'imbachat-13-security'].includes(clause),
    signal: new AbortController().signal,
    onOutcome: () => {},
  })
  const told = outcomes.map(({ clause, state, evidence }) =>
    state === 'broken' ? `${clause} broken: ${evidence}` : `${clause} ${state}`,
  )
  expect(told.toSorted()).toEqual(
    [...few.map((clause) => `${clause} kept`), 'imbachat-13-security unproven'].toSorted(),
  )
})
