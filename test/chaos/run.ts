import { parseArgs } from 'node:util'
import type { Act } from './acts/act.ts'
import { acts } from './acts/acts.ts'
import { playActs } from './play-acts.ts'

/**
 * `npm run chaos [-- --short] [-- --seed N] [-- --only ACT]`: starts the services as processes of their own, on servers of
 * their own, and does to them what may happen. Exit code 1: something acknowledged was lost, doubled or out of order,
 * or was seen so. The same seed chooses the same faults.
 */
const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    only: { type: 'string', multiple: true, default: acts.map(({ name }) => name) },
  },
})
const chosen = acts.filter(({ name }: Act) => values.only.includes(name))
if (chosen.length < new Set(values.only).size)
  throw new Error(`There are: ${acts.map(({ name }) => name).join(', ')}`)
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort())
const startedAt = performance.now()
const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(1).padStart(7)} s`
console.log(`Seed ${values.seed}.`)
const outcomes = await playActs(chosen, {
  isWhole: !values.short,
  seed: Number(values.seed),
  signal: stop.signal,
  say: (line) => console.log(`${seconds()}  ${line}`),
})
for (const { name, summary, problems } of outcomes) {
  console.log(`\n${name}: ${summary}`)
  console.log(
    problems.length === 0
      ? '  nothing lost, nothing doubled, nothing out of order'
      : `  ${problems.slice(0, 50).join('\n  ')}`,
  )
  if (problems.length > 50) console.log(`  and ${problems.length - 50} more`)
}
const isRed = outcomes.some(({ problems }) => problems.length > 0)
console.log(
  `\n${isRed ? 'Red' : stop.signal.aborted ? 'Interrupted' : 'Green'} after ${seconds().trim()}, seed ${values.seed}.`,
)
process.exitCode = isRed || stop.signal.aborted ? 1 : 0
