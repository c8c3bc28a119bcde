import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { packIds } from '@candor/contracts/policy/tenant-rules'
import { clauseIds, clauses } from '@candor/policy/clauses'
import setupPostgres from '@candor/testing/postgres-setup'
import { runConformance } from './conformance.ts'
import type { Outcome } from './play.ts'
import { betweenMarkers, conformancePage, conformanceSummary, summary } from './report.ts'
import { reportHtml } from './report-html.ts'
import { againsts, clausesAgainst } from './sabotage/clauses-against.ts'
import type { Against } from './sabotage/clauses-against.ts'
import { sabotages } from './sabotage/sabotages.ts'
import { showAbleToFail } from './sabotage/show-able-to-fail.ts'
import { tellAll, tellShown } from './sabotage/tell-sabotages.ts'

/**
 * `npm run conformance [-- --pack NAME --clause ID --url URL --json FILE --html FILE --write]`: starts a platform of its own,
 * or goes to the one at URL, plays people through it and tells of each promise whether it was kept, broken, or not shown.
 * `--write` puts what was seen of all of them into docs/conformance.md and the README. Exit code 1: one was seen broken.
 *
 * `--sabotage`, or `--without NAME` for some: besides, enforcements are switched off, one at a time, `--side-by-side` so
 * many at once. `--against own|packs|all` says what each is played against: the promises it breaks, all of their packs, or
 * all there are. Exit code 1: one broke more or less than it says.
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
    without: { type: 'string', multiple: true, default: [] },
    against: { type: 'string', default: 'packs' },
    'side-by-side': { type: 'string', default: '1' },
  },
})
if (values.pack !== undefined && !packIds.some((pack) => pack === values.pack)) {
  console.error(`There is no pack "${values.pack}". The packs are ${packIds.join(', ')}.`)
  process.exit(2)
}
if (!againsts.some((one) => one === values.against)) {
  console.error(`--against takes ${againsts.join(', ')}.`)
  process.exit(2)
}
const against = values.against as Against
const unknown = values.without.filter((name) => !sabotages.some((sabotage) => sabotage.name === name))
if (unknown.length > 0) {
  console.error(
    `There is no "${unknown[0]}". These can be switched off:\n${sabotages.map(({ name }) => `  ${name}`).join('\n')}`,
  )
  process.exit(2)
}
const switchedOff = values.sabotage
  ? sabotages
  : sabotages.filter(({ name }) => values.without.includes(name))
if (switchedOff.length > 0 && values.url) {
  console.error('Enforcements are switched off on platforms of our own alone.')
  process.exit(2)
}
if (values.write && (values.pack || values.clause || values.url || values.without.length > 0)) {
  console.error('--write is for all promises, on a platform of its own.')
  process.exit(2)
}
const wanted = wantedClauses()
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
  if (switchedOff.length > 0 && !stop.signal.aborted) process.exitCode = (await sabotageAll(broken)) ? 0 : 1
} finally {
  await stopPostgres?.()
}
// All that this started is down. A line that a played browser or client left open must not keep the command.
process.exit()

function isWanted(clause: string): boolean {
  return wanted.includes(clause)
}

/** Where single enforcements are named, what they are played against is enough. */
function wantedClauses(): string[] {
  const asked = clauseIds.filter(
    (clause) =>
      (!values.pack || clauses[clause].pack === values.pack) &&
      (!values.clause || values.clause.includes(clause)),
  )
  if (values.sabotage || switchedOff.length === 0) return asked
  const played = new Set(switchedOff.flatMap((sabotage) => clausesAgainst(sabotage, against, asked)))
  return asked.filter((clause) => played.has(clause))
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
    sabotages: switchedOff,
    wanted,
    against,
    brokenAnyway,
    sideBySide: Number(values['side-by-side']),
    signal: stop.signal,
    onShown: (one) => console.log(tellShown(one)),
  })
  console.log(`\n${tellAll(shown, stop.signal.aborted)}`)
  return !stop.signal.aborted && shown.every(({ isAsExpected }) => isAsExpected)
}
