import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readArguments } from './read-arguments.ts'
import { isMet, median } from './figure.ts'
import { measurements } from './figures.ts'
import { startGrounds } from './grounds.ts'
import { measureGrowth } from './growth.ts'
import { tellMachine } from './machine.ts'
import { resultsPicture } from './picture.ts'
import { resultsTable } from './table.ts'
import type { Result } from './table.ts'

const asked = readArguments()
const picture = new URL('../../../docs/pictures/bench.svg', import.meta.url)
// Whatever runs by then ends with this process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

await using grounds = await startGrounds(
  asked.profile ? ['--cpu-prof', `--cpu-prof-dir=${resolve(asked.profile)}`] : [],
)
const machine = await tellMachine(grounds)
console.log(`${machine}\n`)
const settings = { grounds, rounds: asked.rounds, seconds: asked.seconds }
const tell = (line: string) => console.log(`    ${line}`)
if (asked.growth) await measureGrowth({ ...settings, tell, note: () => {} }, asked.growth)
else await measureAll()

async function measureAll(): Promise<void> {
  const results: Result[] = []
  for (const { figures, measure } of measurements) {
    const wanted = figures.filter(({ id }) => asked.isWanted(id))
    if (wanted.length === 0) continue
    console.log(figures.map(({ id, what }) => `${id}  ${what}`).join('\n'))
    const ratios = new Map(figures.map(({ id }) => [id, [] as number[]]))
    await measure({
      ...settings,
      tell,
      note: (id, ratio) => void ratios.get(id)!.push(ratio),
    })
    for (const figure of wanted) {
      if (ratios.get(figure.id)!.length === 0) continue
      const ratio = median(ratios.get(figure.id)!)
      results.push({ ...figure, ratio, met: isMet(figure, ratio), rounds: ratios.get(figure.id)! })
    }
  }

  console.log(`\n${resultsTable(results)}`)
  if (asked.json) writeFileSync(asked.json, toJson(results))
  if (asked.picture) writeFileSync(picture, resultsPicture(results, `${machine}, ${asked.rounds} rounds`))
  if (asked.strict && results.some(({ met }) => !met)) process.exitCode = 1
}

function toJson(all: readonly Result[]): string {
  const records = all.map(({ id, what, ratio, floor, aim, met }) => ({ id, what, ratio, floor, aim, met }))
  return `${JSON.stringify(records, undefined, 2)}\n`
}
