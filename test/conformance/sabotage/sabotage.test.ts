import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sabotages } from './sabotages.ts'
import { showAbleToFail } from './show-able-to-fail.ts'

test('each line that a sabotage takes out stands where it says, once', () => {
  const missed = sabotages.filter(({ replace }) => {
    if (!replace) return false
    const source = readFileSync(new URL(`../../../${replace.module}`, import.meta.url), 'utf8')
    return source.split(replace.from).length !== 2
  })
  expect(missed.map(({ name }) => name)).toEqual([])
})

test('with an enforcement switched off its promises are seen broken, and no other', async () => {
  const shown = await showAbleToFail({
    names: ['second approval', 'retention to the end'],
    wanted: ['imsupporting-12-law-enforcement', 'imsupporting-14-chat-12-months', 'imbachat-18-transfers'],
    brokenAnyway: [],
    sideBySide: 2,
  })
  expect(Object.fromEntries(shown.map(({ name, seen }) => [name, seen]))).toEqual({
    'second approval': ['imsupporting-12-law-enforcement'],
    'retention to the end': ['imsupporting-14-chat-12-months'],
  })
})
