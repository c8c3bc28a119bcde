import { expect, test } from 'vitest'
import { splitMarks } from '../src/console/transcripts/highlighted.tsx'

test('matches stand between the two marks, and the marks themselves never show', () => {
  expect(splitMarks('a \u0002rain\u0003 cover and \u0002rain\u0003')).toEqual([
    { text: 'a ', isMatch: false },
    { text: 'rain', isMatch: true },
    { text: ' cover and ', isMatch: false },
    { text: 'rain', isMatch: true },
  ])
})

test('a snippet that was cut inside a match still reads', () => {
  expect(splitMarks('the \u0002rain')).toEqual([
    { text: 'the ', isMatch: false },
    { text: 'rain', isMatch: true },
  ])
})
