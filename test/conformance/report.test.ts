import { readFileSync } from 'node:fs'
import { clauseIds } from '@candor/policy/clauses'
import { expect, onTestFinished, test } from 'vitest'
import { audit } from '../browser/audit.ts'
import { openBrowser } from '../browser/open-browser.ts'
import { openPerson } from '../browser/person.ts'
import type { Outcome } from './play.ts'
import { betweenMarkers, conformancePage, conformanceSummary, readConformancePage } from './report.ts'
import { reportHtml } from './report-html.ts'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const outcomes = clauseIds.map((clause, index): Outcome => {
  const state = (['kept', 'broken', 'unproven'] as const)[index % 3]!
  return { clause, state, evidence: `<b>a|b</b> & more, ${index}`, tookMs: 0 }
})

test('the table of the README is the one that follows from the page of all promises', () => {
  const written = readConformancePage(read('docs/conformance.md'))
  expect(written.map(({ clause }) => clause)).toEqual(clauseIds)
  const readme = read('README.md')
  expect(betweenMarkers(readme, conformanceSummary(written))).toBe(readme)
})

test('the page lists every enforcement that can be switched off, as it stands', () => {
  const page = read('docs/conformance.md')
  const list = conformancePage(outcomes).split('## Able to fail')[1]!
  expect(page.split('## Able to fail')[1]).toBe(list)
})

test('a page of all promises can be read back', () => {
  expect(readConformancePage(conformancePage(outcomes))).toEqual(outcomes)
})

test('the report names every promise with its state and why, loads nothing, and axe finds nothing in it', async () => {
  const browser = await openBrowser()
  onTestFinished(() => browser.close())
  const person = await openPerson(browser)
  const few = outcomes.slice(0, 24)
  await person.page.setContent(reportHtml(few, { at: new Date(0), where: 'a platform of its own' }))
  expect(await person.page.getByRole('heading', { level: 3 }).count()).toBe(few.length)
  expect(await person.page.getByText('<b>a|b</b> & more, 7', { exact: false }).count()).toBeGreaterThan(0)
  expect(await audit(person, 'report')).toEqual([])
  expect(person.requests).toEqual([])
})
