import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseConformance, readConformance } from '../build/conformance.ts'

test('the report the console shows holds as many promises of each state as the page says in one line', () => {
  const page = readFileSync(new URL('../../../docs/conformance.md', import.meta.url), 'utf8')
  const [, kept, broken, unproven] = /\*\*(\d+) kept, (\d+) broken, (\d+) unproven\*\*/
    .exec(page)!
    .map(Number)
  const count = (state: string) => readConformance().filter((outcome) => outcome.state === state).length
  expect([count('kept'), count('broken'), count('unproven')]).toEqual([kept, broken, unproven])
  expect(kept! + broken! + unproven!).toBe(81)
})

test('a cell keeps what is in it, bars too', () => {
  const [outcome] = parseConformance('## candor: 1 kept\n\n| a-01 | One \\| two. | **broken** | saw \\|\\| |')
  expect(outcome).toEqual({
    pack: 'candor',
    clause: 'a-01',
    promise: 'One | two.',
    state: 'broken',
    evidence: 'saw ||',
  })
})
