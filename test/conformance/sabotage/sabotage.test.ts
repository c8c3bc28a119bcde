import { readFileSync } from 'node:fs'
import { clauseIds, clauses } from '@candor/policy/clauses'
import { expect, test } from 'vitest'
import { until } from '../../story/until.ts'
import { probes } from '../probes.ts'
import { clausesAgainst } from './clauses-against.ts'
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

test('each promise that a probe shows is broken by an enforcement that can be switched off', () => {
  const broken = new Set(sabotages.flatMap(({ breaks }) => breaks))
  const shown = probes.filter(({ lacks }) => lacks === undefined)
  expect(shown.map(({ clause }) => clause).filter((clause) => !broken.has(clause))).toEqual([])
  expect(new Set(sabotages.map(({ name }) => name)).size).toBe(sabotages.length)
})

test('an enforcement is played against its own promises, those of their packs, or all; always those that are wanted', () => {
  const sabotage = { breaks: ['imsupporting-14-chat-12-months'] } as const
  const pack = clauseIds.filter((clause) => clauses[clause].pack === 'imsupporting')
  expect(clausesAgainst(sabotage, 'own', clauseIds)).toEqual(sabotage.breaks)
  expect(clausesAgainst(sabotage, 'packs', clauseIds)).toEqual(pack)
  expect(clausesAgainst(sabotage, 'all', clauseIds)).toEqual(clauseIds)
  expect(clausesAgainst(sabotage, 'packs', ['imbachat-18-transfers'])).toEqual([])
})

test('with an enforcement switched off its promises are seen broken, and no other', async () => {
  const named = ['second approval', 'retention to the end']
  const shown = await showAbleToFail({
    sabotages: sabotages.filter(({ name }) => named.includes(name)),
    wanted: ['imsupporting-12-law-enforcement', 'imsupporting-14-chat-12-months', 'imbachat-18-transfers'],
    against: 'all',
    brokenAnyway: [],
    sideBySide: 2,
  })
  expect(Object.fromEntries(shown.map(({ name, seen }) => [name, seen]))).toEqual({
    'second approval': ['imsupporting-12-law-enforcement'],
    'retention to the end': ['imsupporting-14-chat-12-months'],
  })
})

test('interrupted, it stops what runs and answers what was seen', async () => {
  const stop = new AbortController()
  const shown = showAbleToFail({
    sabotages: sabotages.slice(0, 2),
    wanted: clauseIds,
    against: 'own',
    brokenAnyway: [],
    sideBySide: 1,
    signal: stop.signal,
  })
  await until('a run', () => process.getActiveResourcesInfo().includes('ProcessWrap'))
  stop.abort()
  expect(await shown).toEqual([])
  expect(process.getActiveResourcesInfo()).not.toContain('ProcessWrap')
})
