import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import setupPostgres from '@candor/testing/postgres-setup'
import type { Outcome } from './play.ts'
import { readArguments } from './read-arguments.ts'
import { betweenMarkers, conformancePage, conformanceSummary, summary } from './report.ts'
import { reportHtml } from './report-html.ts'
import { showAbleToFail } from './sabotage/show-able-to-fail.ts'
import { tellAll, tellShown } from './sabotage/tell-sabotages.ts'

const asked = readArguments()
const { url } = asked
// Only now: it looks for a renderer of manifests.
const { runConformance } = await import('./conformance.ts')
const root = new URL('../..', import.meta.url).pathname
const stop = new AbortController()
// A shell's Ctrl-C comes from npm as well.
process.on('SIGINT', () => stop.abort())
const startedAt = performance.now()
if (!url) buildPages()
const stopPostgres = url ? undefined : await setupPostgres()
try {
  console.log(url ? `At ${url}.\n` : 'Starting a platform of its own.\n')
  const outcomes = await runConformance({
    isWanted: (clause) => asked.wanted.some((one) => one === clause),
    url,
    signal: stop.signal,
    onOutcome: ({ clause, state, evidence, tookMs }) =>
      console.log(`${state.padEnd(8)} ${clause}  (${(tookMs / 1000).toFixed(1)} s)\n         ${evidence}`),
  })
  if (asked.json) writeFileSync(asked.json, `${JSON.stringify(outcomes, undefined, 2)}\n`)
  const where = url ? `at ${url}` : 'on a platform of its own'
  if (asked.html) writeFileSync(asked.html, reportHtml(outcomes, { at: new Date(), where }))
  if (asked.write && !stop.signal.aborted) writeDocuments(outcomes)
  const unproven = outcomes.filter(({ state }) => state === 'unproven')
  if (unproven.length > 0)
    console.log(
      `\nNot shown:\n${unproven.map(({ clause, evidence }) => `  ${clause}: ${evidence}`).join('\n')}`,
    )
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
  console.log(`\n${summary(outcomes)}, in ${seconds} s.`)
  const broken = outcomes.filter(({ state }) => state === 'broken').map(({ clause }) => clause)
  process.exitCode = broken.length > 0 || stop.signal.aborted ? 1 : 0
  if (asked.switchedOff.length > 0 && !stop.signal.aborted)
    process.exitCode = (await sabotageAll(broken)) ? 0 : 1
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

/** Whether each enforcement that was switched off broke exactly its promises. */
async function sabotageAll(brokenAnyway: readonly string[]): Promise<boolean> {
  console.log('\nSwitching off one enforcement at a time.\n')
  const shown = await showAbleToFail({
    ...asked,
    sabotages: asked.switchedOff,
    brokenAnyway,
    signal: stop.signal,
    onShown: (one) => console.log(tellShown(one)),
  })
  console.log(`\n${tellAll(shown, stop.signal.aborted)}`)
  return !stop.signal.aborted && shown.every(({ isAsExpected }) => isAsExpected)
}
