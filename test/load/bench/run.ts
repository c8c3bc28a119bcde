import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readArguments } from './read-arguments.ts'
import { isMet, median } from './figure.ts'
import { measurements } from './figures.ts'
import { startGrounds } from './grounds.ts'
import { tellMachine } from './machine.ts'
import { resultsTable } from './table.ts'
import type { Result } from './table.ts'

/**
 * `npm run bench [-- --only P1,P3 --rounds N --seconds N --json FILE --picture --strict --profile FOLDER]`: measures the product against
 * plain rivals that do the same work without its promises, in turn within one run, so that only ratios count. Exit code
 * 1 with `--strict` where a figure is short of its floor.
 */
const asked = readArguments()
// Whatever runs by then ends with this process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

await using grounds = await startGrounds(
  asked.profile ? ['--cpu-prof', `--cpu-prof-dir=${resolve(asked.profile)}`] : [],
)
console.log(`${await tellMachine(grounds)}\n`)
const results: Result[] = []
for (const { figures, measure } of measurements) {
  const wanted = figures.filter(({ id }) => asked.isWanted(id))
  if (wanted.length === 0) continue
  console.log(figures.map(({ id, what }) => `${id}  ${what}`).join('\n'))
  const ratios = new Map(figures.map(({ id }) => [id, [] as number[]]))
  await measure({
    grounds,
    rounds: asked.rounds,
    seconds: asked.seconds,
    note: (id, ratio) => void ratios.get(id)!.push(ratio),
    tell: (line) => console.log(`    ${line}`),
  })
  for (const figure of wanted) {
    if (ratios.get(figure.id)!.length === 0) continue
    const ratio = median(ratios.get(figure.id)!)
    results.push({ ...figure, ratio, met: isMet(figure, ratio), rounds: ratios.get(figure.id)! })
  }
}

console.log(`\n${resultsTable(results)}`)
if (asked.json) writeFileSync(asked.json, toJson(results))
if (asked.strict && results.some(({ met }) => !met)) process.exitCode = 1

function toJson(all: readonly Result[]): string {
  const records = all.map(({ id, what, ratio, floor, aim, met }) => ({ id, what, ratio, floor, aim, met }))
  return `${JSON.stringify(records, undefined, 2)}\n`
}
