import { runChaos } from './run-chaos.ts'
const [m, f, s] = process.argv.slice(2).map(Number)
const o = await runChaos({
  messages: m!,
  faults: f!,
  seed: s ?? 1,
  signal: new AbortController().signal,
  say: console.log,
})
console.log({ ...o, problems: o.problems.slice(0, 20), struck: o.struck.length, n: o.problems.length })
