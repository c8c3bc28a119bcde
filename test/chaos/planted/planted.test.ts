import { readFileSync } from 'node:fs'
import { isWhole } from '@candor/testing/long-form'
import { expect, test } from 'vitest'
import { plantedFaults } from './planted-faults.ts'
import { playPlanted } from './play-planted.ts'

test('each line that a planted fault changes stands where it says, once', () => {
  const missed = plantedFaults.filter(({ replace }) => {
    const source = readFileSync(new URL(`../../../${replace.module}`, import.meta.url), 'utf8')
    return source.split(replace.from).length !== 2
  })
  expect(missed.map(({ name }) => name)).toEqual([])
})

test.each(isWhole ? plantedFaults : [])(
  'the checker finds what is planted: $name',
  async (fault) => {
    const problems = await playPlanted(fault, { signal: new AbortController().signal, say: () => {} })
    expect(problems.map(({ kind }) => kind)).toContain(fault.seenAs)
  },
  240_000,
)
