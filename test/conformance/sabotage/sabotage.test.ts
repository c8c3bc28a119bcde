import { expect, test } from 'vitest'
import { showAbleToFail } from './show-able-to-fail.ts'

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
