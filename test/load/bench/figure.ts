import type { Grounds } from './grounds.ts'

/** What is measured and how it should come out. */
export interface Figure {
  readonly id: string
  readonly what: string
  /** The least it must be, or the most where less is better. */
  readonly floor: number
  readonly aim: number
  readonly better: 'more' | 'less'
}

/** Figures that are measured together, as one ratio of each in every round. */
export interface Measurement {
  readonly figures: readonly Figure[]
  measure(bench: Bench): Promise<void>
}

export interface Bench {
  readonly grounds: Grounds
  readonly rounds: number
  /** How long each lap takes. */
  readonly seconds: number
  /** Takes down a figure's ratio of one round. */
  note(id: string, ratio: number): void
  /** Tells whoever watches. */
  tell(line: string): void
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export function isMet({ better, floor }: Figure, ratio: number): boolean {
  return better === 'more' ? ratio >= floor : ratio <= floor
}
