import { isWhole, seed, some } from '@candor/testing/long-form'
import { expect, test } from 'vitest'
import { acts } from './acts/acts.ts'
import { playActs } from './play-acts.ts'

/** One of the acts, another in each run; the whole plays all of them, and the long form of each is `npm run chaos`. */
test('whatever is killed, paused, cut off, deleted or set back: nothing is lost, doubled or out of order', async () => {
  const lines = [`seed ${seed}`]
  const played = await playActs(some(acts, 1), {
    form: isWhole ? 'short' : 'part',
    seed,
    signal: new AbortController().signal,
    say: (line) => lines.push(line),
  })
  const problems = played.flatMap(({ name, problems: own }) => own.map((problem) => `${name}: ${problem}`))
  expect(problems, lines.join('\n')).toEqual([])
}, 900_000)
