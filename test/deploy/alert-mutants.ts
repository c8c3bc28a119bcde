import type { Alert } from '@candor/deploy/monitoring/alert'

/** An alert as it might have been written by mistake: each number in it twice and half as high, each comparison turned. */
export function mutantsOf(alert: Alert): Alert[] {
  const held = Number.parseInt(alert.for)
  return [
    ...(held === 0 ? ['5m'] : [`${held * 2}m`, '0m']).map((other) => ({ ...alert, for: other })),
    ...comparisonsIn(alert.expr).flatMap(({ before, sign, limit }) =>
      [
        `${turned[sign]} ${limit}`,
        ...(Number(limit) ? [2, 0.5] : []).map((factor) => `${sign} ${Number(limit) * factor}`),
      ].map((other) => ({
        ...alert,
        expr: alert.expr.replaceAll(`${before}${sign} ${limit}`, `${before}${other}`),
      })),
    ),
  ]
}

/** Each with so much of what stands before it that only its repetitions look the same. */
function comparisonsIn(expr: string): Comparison[] {
  const found = [...expr.matchAll(/(?<= )([<>]=?|==) (-?[\d.]*)/g)].map(({ 1: sign, 2: limit, index }) => ({
    before: expr.slice(Math.max(0, index - 100), index),
    sign: sign!,
    limit: limit!,
  }))
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()]
}

const turned: Record<string, string> = { '>': '<', '<': '>', '>=': '<', '<=': '>', '==': '!=' }

interface Comparison {
  before: string
  sign: string
  limit: string
}
