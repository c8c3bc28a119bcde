import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { packIds } from '@candor/contracts/policy/tenant-rules'
import { clauses } from '@candor/policy/clauses'
import type { ClauseId } from '@candor/policy/packs'
import setupPostgres from '@candor/testing/postgres-setup'
import { runConformance } from './conformance.ts'
import { conformancePage, summary } from './report.ts'

/**
 * `npm run conformance [-- --pack NAME --json FILE --markdown FILE]`: starts a platform of its own, plays people through it and tells
 * of each promise whether it was kept, broken, or not shown. Exit code 1: something promised was seen broken.
 */
const { values } = parseArgs({
  options: { pack: { type: 'string' }, json: { type: 'string' }, markdown: { type: 'string' } },
})
if (values.pack !== undefined && !packIds.some((pack) => pack === values.pack)) {
  console.error(`There is no pack "${values.pack}". The packs are ${packIds.join(', ')}.`)
  process.exit(2)
}
const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
const startedAt = performance.now()
const stopPostgres = await setupPostgres()
try {
  console.log('Starting a platform of its own.\n')
  const outcomes = await runConformance({
    isWanted: (clause) => !values.pack || clauses[clause as ClauseId].pack === values.pack,
    signal: stop.signal,
    onOutcome: ({ clause, state, evidence, tookMs }) =>
      console.log(`${state.padEnd(8)} ${clause}  (${(tookMs / 1000).toFixed(1)} s)\n         ${evidence}`),
  })
  if (values.json) writeFileSync(values.json, `${JSON.stringify(outcomes, undefined, 2)}\n`)
  if (values.markdown) writeFileSync(values.markdown, conformancePage(outcomes))
  const unproven = outcomes.filter(({ state }) => state === 'unproven').map(({ clause }) => clause)
  if (unproven.length > 0) console.log(`\nNot shown by any probe:\n  ${unproven.join('\n  ')}`)
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
  console.log(`\n${summary(outcomes)}, in ${seconds} s.`)
  process.exitCode = outcomes.some(({ state }) => state === 'broken') || stop.signal.aborted ? 1 : 0
} finally {
  await stopPostgres?.()
}
