import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { packIds } from '@candor/contracts/policy/tenant-rules'
import { clauses } from '@candor/policy/clauses'
import type { ClauseId } from '@candor/policy/packs'
import setupPostgres from '@candor/testing/postgres-setup'
import { runConformance } from './conformance.ts'
import type { Outcome } from './play.ts'
import { betweenMarkers, conformancePage, conformanceSummary, summary } from './report.ts'
import { reportHtml } from './report-html.ts'

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
    isWanted: (clause) =>
      (!values.pack || clauses[clause as ClauseId].pack === values.pack) &&
      (!values.clause || values.clause.includes(clause)),
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
  process.exitCode = outcomes.some(({ state }) => state === 'broken') || stop.signal.aborted ? 1 : 0
} finally {
  await stopPostgres?.()
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
