import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { packIds } from '@candor/contracts/policy/tenant-rules'
import { clauseIds, clauses } from '@candor/policy/clauses'
import type { ClauseId } from '@candor/policy/packs'
import setupPostgres from '@candor/testing/postgres-setup'
import { runConformance } from './conformance.ts'
import type { Outcome } from './play.ts'
import { betweenMarkers, conformancePage, conformanceSummary, summary } from './report.ts'
import { reportHtml } from './report-html.ts'
import { sabotages } from './sabotage/sabotages.ts'
import { showAbleToFail } from './sabotage/show-able-to-fail.ts'

/**
 * `npm run conformance [-- --pack NAME --clause ID --url URL --json FILE --html FILE --write]`: starts a platform of its own,
 * or goes to the one at URL, plays people through it and tells of each promise whether it was kept, broken, or not shown.
 * `--write` puts what was seen of all of them into docs/conformance.md and the README. Exit code 1: one was seen broken.
 */
const { values } = parseArgs({
  options: {
    pack: { type: 'string' },
    clause: { type: 'string', multiple: true },
    url: { type: 'string' },
    json: { type: 'string' },
    html: { type: 'string' },
    write: { type: 'boolean', default: false },
    sabotage: { type: 'boolean', default: false },
    'side-by-side': { type: 'string', default: '1' },
  },
})
if (values.pack !== undefined && !packIds.some((pack) => pack === values.pack)) {
  console.error(`There is no pack "${values.pack}". The packs are ${packIds.join(', ')}.`)
  process.exit(2)
}
if (values.write && (values.pack || values.clause || values.url)) {
  console.error('--write is for all promises, on a platform of its own.')
  process.exit(2)
}
const root = new URL('../..', import.meta.url).pathname
const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
const startedAt = performance.now()
if (!values.url) buildPages()
const stopPostgres = values.url ? undefined : await setupPostgres()
try {
  console.log(values.url ? `At ${values.url}.\n` : 'Starting a platform of its own.\n')
  const outcomes = await runConformance({
    isWanted,
    url: values.url?.replace(/\/+$/, ''),
    signal: stop.signal,
    onOutcome: ({ clause, state, evidence, tookMs }) =>
      console.log(`${state.padEnd(8)} ${clause}  (${(tookMs / 1000).toFixed(1)} s)\n         ${evidence}`),
  })
  if (values.json) writeFileSync(values.json, `${JSON.stringify(outcomes, undefined, 2)}\n`)
  const where = values.url ? `at ${values.url}` : 'on a platform of its own'
  if (values.html) writeFileSync(values.html, reportHtml(outcomes, { at: new Date(), where }))
  if (values.write && !stop.signal.aborted) writeDocuments(outcomes)
  const unproven = outcomes.filter(({ state }) => state === 'unproven')
  if (unproven.length > 0)
    console.log(
      `\nNot shown:\n${unproven.map(({ clause, evidence }) => `  ${clause}: ${evidence}`).join('\n')}`,
    )
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
  console.log(`\n${summary(outcomes)}, in ${seconds} s.`)
  const broken = outcomes.filter(({ state }) => state === 'broken').map(({ clause }) => clause)
  process.exitCode = broken.length > 0 || stop.signal.aborted ? 1 : 0
  if (values.sabotage && !stop.signal.aborted) process.exitCode = (await sabotageAll(broken)) ? 0 : 1
} finally {
  await stopPostgres?.()
}
// All that this started is down. A line that a played browser or client left open must not keep the command.
process.exit()

function isWanted(clause: string): boolean {
  return (
    (!values.pack || clauses[clause as ClauseId].pack === values.pack) &&
    (!values.clause || values.clause.includes(clause))
  )
}

/** The pages and the widget, as the browser of a visitor gets them; what is built already is taken as it is. */
function buildPages(): void {
  const args = ['run', 'build', '--filter=@candor/web', '--no-update-notifier', '--output-logs=errors-only']
  const built = spawnSync(join(root, 'node_modules/.bin/turbo'), args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (built.status !== 0) throw new Error('the pages cannot be built')
}

function writeDocuments(outcomes: readonly Outcome[]): void {
  writeFileSync(join(root, 'docs/conformance.md'), conformancePage(outcomes))
  const readme = join(root, 'README.md')
  writeFileSync(readme, betweenMarkers(readFileSync(readme, 'utf8'), conformanceSummary(outcomes)))
}

/** Whether each enforcement that was switched off broke exactly its promises. */
async function sabotageAll(brokenAnyway: readonly string[]): Promise<boolean> {
  console.log('\nSwitching off one enforcement at a time.\n')
  const shown = await showAbleToFail({
    names: sabotages.map(({ name }) => name),
    wanted: clauseIds.filter(isWanted),
    brokenAnyway,
    sideBySide: Number(values['side-by-side']),
    onShown: ({ name, means, expected, seen, evidence, isAsExpected }) => {
      console.log(`${isAsExpected ? 'as expected' : 'NOT AS EXPECTED'}: without ${name} (${means})`)
      console.log(
        `  expected ${expected.join(', ') || 'nothing'}\n  seen     ${seen.join(', ') || 'nothing'}`,
      )
      if (!isAsExpected) console.log(`  ${JSON.stringify(evidence)}`)
    },
  })
  const asExpected = shown.filter((one) => one.isAsExpected).length
  console.log(`\n${asExpected} of ${shown.length} enforcements broke exactly their promises.`)
  return asExpected === shown.length
}
