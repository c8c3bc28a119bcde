import { readCommandLine } from '@candor/runtime/command-line'
import { acts } from './acts/acts.ts'
import { plantedFaults } from './planted/planted-faults.ts'
import { playPlanted } from './planted/play-planted.ts'
import { playActs } from './play-acts.ts'

const names = acts.map(({ name }) => name)
const usage = `Usage: npm run chaos -- [--short] [--seed N] [--only ACT]... [--planted]
Starts the services as processes of their own, on servers of their own, and does to them what may happen. Exit code 1:
something acknowledged was lost, doubled or out of order, or was seen so.
  --short     20 times less of it
  --seed N    chooses the same faults again
  --only ACT  ${names.join(', ')}
  --planted   plants known faults instead, one at a time; exit code 1: one was not found`
const { values, choose, wholeNumber } = readCommandLine(usage, {
  options: {
    planted: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    only: { type: 'string', multiple: true, default: names },
  },
})
const wanted = choose('act', values.only, names)
const seed = wholeNumber('seed', values.seed, 0)
const stop = new AbortController()
let interruptedAt: number | undefined
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // One Ctrl-C arrives up to three times; a later one means now, and our children end with us.
    if (interruptedAt !== undefined && performance.now() - interruptedAt > 1_000) process.exit(130)
    if (interruptedAt !== undefined) return
    interruptedAt = performance.now()
    say('stopping')
    stop.abort()
    // Whatever is not over by then ends with us.
    setTimeout(() => {
      console.log('\nInterrupted.')
      process.exit(130)
    }, goodbyeMs).unref()
  })
}
const goodbyeMs = 3_000
const shownMax = 50
const startedAt = performance.now()
const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(1).padStart(7)} s`
console.log(`Seed ${seed}.`)
const say = (line: string) => console.log(`${seconds()}  ${line}`)
const isGreen = await (values.planted ? findPlanted() : playChosen())
// What was broken off would still wait for answers that nobody gives any more.
process.exit(isGreen && !stop.signal.aborted ? 0 : 1)

async function playChosen(): Promise<boolean> {
  const options = {
    form: values.short ? ('short' as const) : ('long' as const),
    seed,
    signal: stop.signal,
    say,
  }
  const outcomes = await playActs(
    acts.filter(({ name }) => wanted.includes(name)),
    options,
  )
  for (const { name, summary, problems, isCutShort } of outcomes) {
    console.log(`\n${name}: ${summary}`)
    if (isCutShort) console.log('  not compared')
    else if (problems.length === 0) console.log('  nothing lost, nothing doubled, nothing out of order')
    else console.log(`  ${problems.slice(0, shownMax).join('\n  ')}`)
    if (problems.length > shownMax) console.log(`  and ${problems.length - shownMax} more`)
  }
  const isRed = outcomes.some(({ problems }) => problems.length > 0)
  const how = isRed ? 'Red' : stop.signal.aborted ? 'Interrupted' : 'Green'
  console.log(`\n${how} after ${seconds().trim()}, seed ${seed}.`)
  return !isRed
}

async function findPlanted(): Promise<boolean> {
  let missed = 0
  for (const fault of plantedFaults) {
    const found = await playPlanted(fault, { signal: stop.signal, say })
    if (stop.signal.aborted) {
      console.log(`\nInterrupted after ${seconds().trim()}.`)
      break
    }
    const isFound = found.some(({ kind }) => kind === fault.seenAs)
    if (!isFound) missed++
    const how = isFound
      ? `${fault.seenAs}, as in: ${found.find(({ kind }) => kind === fault.seenAs)!.evidence}`
      : 'NOT FOUND'
    say(`${fault.name}: ${how}`)
  }
  return missed === 0
}
