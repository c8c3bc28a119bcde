import { readFileSync } from 'node:fs'

/** The newest conformance report of this release, as `npm run conformance` wrote it, for the console to show. */
export function readConformance(): ConformanceReport {
  return parseConformance(readFileSync(new URL('../../../docs/conformance.md', import.meta.url), 'utf8'))
}

/** Takes the tables of the page apart: a clause a row, with its promise, what was seen, and the evidence. */
export function parseConformance(page: string): ConformanceReport {
  const outcomes: ConformanceReport = []
  let pack = ''
  for (const line of page.split('\n')) {
    pack = /^## ([a-z]+):/.exec(line)?.[1] ?? pack
    if (!line.startsWith('| ')) continue
    const [clause = '', promise = '', mark = '', evidence = ''] = line
      .slice(2, -2)
      .split(/ \| /)
      .map((cell) => cell.replaceAll('\\|', '|'))
    const state = states.find((one) => mark.replaceAll('*', '') === one)
    if (state) outcomes.push({ pack, clause, promise, state, evidence })
  }
  return outcomes
}

const states = ['kept', 'broken', 'unproven'] as const

export type ConformanceReport = {
  pack: string
  clause: string
  promise: string
  state: (typeof states)[number]
  evidence: string
}[]
