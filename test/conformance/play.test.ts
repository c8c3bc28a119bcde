import { expect, test } from 'vitest'
import { play } from './play.ts'
import type { Steps } from './probe.ts'

const day = (n: number) => new Date(Date.UTC(2026, 0, n))

function timeline() {
  let now = day(1)
  const moves: Date[] = []
  const moveTo = async (time: Date) => {
    now = time
    moves.push(time)
  }
  return { now: () => now, moveTo, moves }
}

const options = { sideBySide: 2, signal: new AbortController().signal, onOutcome: () => {} }

test('probes wait for their instants on one clock that never runs back', async () => {
  const clock = timeline()
  const seen: string[] = []
  const waitsFor = (clause: string, ...days: number[]) => ({
    clause,
    steps: (async function* (): Steps {
      for (const n of days) {
        yield day(n)
        seen.push(`${clause} ${clock.now().getUTCDate()}`)
      }
      return 'seen'
    })(),
  })
  const probes = [waitsFor('late', 9, 9), waitsFor('early', 3, 7), waitsFor('past', -5)]
  const outcomes = await play(probes, clock, options)
  expect(seen).toEqual(['past 1', 'early 3', 'early 7', 'late 9', 'late 9'])
  expect(clock.moves).toEqual([day(3), day(7), day(9)])
  expect(outcomes.every(({ state }) => state === 'kept')).toBe(true)
})

test('a promise that fails is broken with the whole reason, one shown in part is unproven, and the others go on', async () => {
  const clock = timeline()
  const fails = {
    clause: 'fails',
    steps: (async function* (): Steps {
      yield day(2)
      throw new Error('it is still there', { cause: new Error('nobody swept') })
    })(),
  }
  const holds = {
    clause: 'holds',
    steps: (async function* (): Steps {
      yield day(3)
      return 'gone'
    })(),
  }
  const half = {
    clause: 'half',
    steps: { next: async () => ({ done: true, value: 'the one half' }) } satisfies Steps,
    lacks: 'the other half is not built',
  }
  const outcomes = await play([fails, holds, half], clock, options)
  expect(outcomes.map(({ clause, state, evidence }) => `${clause} ${state}: ${evidence}`)).toEqual([
    'half unproven: the other half is not built. Shown: the one half',
    'fails broken: it is still there, because nobody swept',
    'holds kept: gone',
  ])
})

test('an interrupted run ends with what it has seen', async () => {
  const clock = timeline()
  const stop = new AbortController()
  const endless = {
    clause: 'endless',
    steps: (async function* (): Steps {
      for (let n = 2; ; n++) {
        if (n === 5) stop.abort()
        yield day(n)
      }
    })(),
  }
  expect(await play([endless], clock, { ...options, signal: stop.signal })).toEqual([])
  expect(clock.now()).toEqual(day(4))
})
