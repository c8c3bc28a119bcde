import type { Level } from './levels.ts'
import { percent } from './rules.ts'

/** How much of a level went wrong, beside what may. */
export function budgetPanel(level: Level, service: string): Panel {
  const at = service ? `$in,service="${service}"` : '$in'
  return {
    title: `${level.name.replace('_', ' ')}: ${percent(level.objective)} ${level.promise}`,
    unit: 'percentunit',
    show: [
      [`service:${level.name}_bad:ratio_rate6h{${at}}`, '{{service}}'],
      [`vector(${Number((1 - level.objective).toPrecision(6))})`, 'budget'],
    ],
  }
}

export interface Dashboard {
  readonly name: string
  readonly title: string
  readonly rows: readonly Row[]
}

export interface Row {
  readonly title: string
  readonly panels: readonly Panel[]
}

export interface Panel {
  readonly title: string
  readonly description?: string
  readonly unit: string
  /** Falls below zero, where that says most. */
  readonly isSigned?: true
  /** Query and how its lines are called; `$in` stands for the chosen installation. */
  readonly show: readonly (readonly [expr: string, legend: string])[]
}
