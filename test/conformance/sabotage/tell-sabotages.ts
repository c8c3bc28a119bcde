import type { Shown } from './show-able-to-fail.ts'

/** How far it is, what was switched off, and what that broke. */
export function tellShown(shown: Shown): string {
  const { nth, of, tookMs, name, means, expected, seen, evidence, isAsExpected } = shown
  return [
    `${nth} of ${of}, ${(tookMs / 1000).toFixed(0)} s. ${isAsExpected ? 'As expected' : 'NOT AS EXPECTED'}: without ${name} (${means})`,
    `  expected ${expected.join(', ') || 'nothing'}`,
    `  seen     ${seen.join(', ') || 'nothing'}`,
    ...Object.entries(isAsExpected ? {} : evidence).map(([clause, why]) => `  ${clause}: ${why}`),
  ].join('\n')
}

/** How many enforcements broke what they say. */
export function tellAll(shown: readonly Shown[], isInterrupted: boolean): string {
  const asExpected = shown.filter((one) => one.isAsExpected).length
  const end = isInterrupted ? ', when it was interrupted' : ''
  return `${asExpected} of ${shown.length} enforcements broke exactly their promises${end}.`
}
