import { globSync, readFileSync } from 'node:fs'
import { rootDir } from '@candor/local/config'
import { createTestDatabase } from '@candor/testing/test-database'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { levels } from '@candor/deploy/monitoring/levels'
import { ruleGroups } from '@candor/deploy/monitoring/rules'
import { migrationsOf } from '../migrations/of-services.ts'
import { findPromtool } from './find-promtool.ts'
import { alertPlayer } from './play-alerts.ts'
import { blocksIn, runbooks, soughtIn } from './runbooks.ts'

const rules = ruleGroups().flatMap((group) => group.rules)
const alertNames = [...new Set(rules.flatMap((rule) => ('alert' in rule ? [rule.alert] : [])))]
const promtool = await findPromtool()

test('every alert has a runbook of its name, and every runbook an alert', () => {
  expect(runbooks.map(({ name }) => name).toSorted()).toEqual(alertNames.toSorted())
})

test('every alert says where its runbook is', () => {
  for (const rule of rules)
    if ('alert' in rule) expect(rule.annotations.runbook_url).toBe(`deploy/runbooks/${rule.alert}.md`)
})

test('an alert that its runbook says never pages does not, and of the others with a budget each does', () => {
  const pages = new Set(
    rules.flatMap((rule) => ('alert' in rule && rule.labels.severity === 'page' ? [rule.alert] : [])),
  )
  for (const { alert } of levels)
    expect(pages.has(alert), alert).toBe(
      !runbooks.find(({ name }) => name === alert)!.text.includes('never pages'),
    )
})

describe.each(runbooks)('the runbook of $name', ({ name, text }) => {
  test('has all its parts, each with something in it', () => {
    expect(text.startsWith(`# ${name}\n`)).toBe(true)
    const parts = text.split(/^## /m).slice(1)
    expect(parts.map((part) => part.split('\n', 1)[0])).toEqual([
      'Meaning',
      'Impact',
      'Diagnosis',
      'Mitigation',
    ])
    for (const part of parts) expect(part.length, part).toBeGreaterThan(60)
    expect(text).not.toMatch(/TODO|TBD/)
  })

  test('finds out by commands', () => {
    const diagnosis = /## Diagnosis\n([^]*)## Mitigation/.exec(text)![1]!
    expect(blocksIn('(?:sh|promql|sql \\w+)', [{ text: diagnosis }]).length).toBeGreaterThan(0)
  })

  test('sends nobody to a page that is not there', () => {
    const named = [...text.matchAll(/\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b/g)].map(([word]) => word)
    const pages = named.filter((word) => !notPages.has(word))
    expect(pages.filter((word) => !alertNames.includes(word))).toEqual([])
  })
})

test('what is looked for in logs is what a program writes there', () => {
  const sources = globSync('{packages,services}/*/src/**/*.ts', { cwd: rootDir })
  const written = sources
    .flatMap((path) => readFileSync(`${rootDir}/${path}`, 'utf8').match(logCall) ?? [])
    .join('\n')
    .toLowerCase()
  // Of an error its code is written, and not its message.
  const said = (text: string) =>
    [...text.matchAll(/log says `(?!"code":)([^`]+)`/g)].map(([, words]) => words!)
  const sought = runbooks.flatMap(({ name, text }) =>
    [...soughtIn(text), ...said(text)].map((word) => ({ name, word })),
  )
  expect(sought.length).toBeGreaterThan(15)
  expect(sought.filter(({ word }) => !written.includes(word.toLowerCase()))).toEqual([])
})

test.skipIf(!promtool)('every query is what Prometheus reads', async () => {
  using player = alertPlayer(promtool!)
  const queries = blocksIn('promql')
  expect(queries.length).toBeGreaterThan(30)
  await player.checkQueries(queries)
})

test.for(Object.entries(migrationsOf))(
  'every statement for the database of %s runs on its schema',
  async ([service, migrations]) => {
    const statements = blocksIn(`sql ${service}`)
    if (statements.length === 0) return
    await using database = await createTestDatabase({ service, migrations })
    const client = new pg.Client({ connectionString: database.superuserUrl })
    await client.connect()
    for (const statement of statements) {
      await client.query(`begin; ${statement}`).catch((err: Error) => {
        throw new Error(`${err.message}:\n${statement}`)
      })
      await client.query('rollback')
    }
    await client.end()
  },
)

/** From its level to the end of its message. */
const logCall = /\blog\.(?:info|warn|error|fatal)\([^]*?'[^'\n]*'\)/g

/** Words that are written like alerts and are none. */
const notPages = new Set(['CrashLoopBackOff', 'ImagePullBackOff', 'CreateContainerConfigError', 'ConfigMap'])
