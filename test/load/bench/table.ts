import type { Figure } from './figure.ts'

export interface Result extends Figure {
  /** Median of the rounds. */
  readonly ratio: number
  readonly met: boolean
  readonly rounds: readonly number[]
}

/** The results as text, a line for each. */
export function resultsTable(results: readonly Result[]): string {
  const width = Math.max(...results.map(({ what }) => what.length))
  const lines = results.map(({ id, what, ratio, better, floor, aim, met, rounds }) => {
    const bound = `${better === 'more' ? 'at least' : 'at most'} ${floor}`
    const range = `${Math.min(...rounds).toFixed(2)} to ${Math.max(...rounds).toFixed(2)}`
    return `${id.padEnd(11)} ${what.padEnd(width)} ${ratio.toFixed(2).padStart(6)}  (${range})  ${bound}, aim ${aim}  ${met ? 'met' : missed[better]}`
  })
  return lines.join('\n')
}

const missed = { more: 'below its floor', less: 'above its limit' }
