import { readCommandLine } from '@candor/runtime/command-line'
import { measurements } from './figures.ts'

/** What was asked for on the command line. */
export function readArguments() {
  const { values, positionals, choose, wholeNumber, writable } = readCommandLine(usage, {
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '5' },
      json: { type: 'string' },
      picture: { type: 'boolean', default: false },
      profile: { type: 'string' },
      growth: { type: 'boolean', default: false },
      strict: { type: 'boolean', default: false },
    },
  })
  const only = values.only ? choose('figure', values.only.split(','), figures) : figures
  choose('size of growth', positionals, ['small'])
  if (values.json) writable('json', values.json)
  return {
    ...values,
    growth: values.growth
      ? positionals[0] === 'small'
        ? ('small' as const)
        : ('whole' as const)
      : undefined,
    rounds: wholeNumber('rounds', values.rounds),
    seconds: wholeNumber('seconds', values.seconds),
    isWanted: (id: string) => only.includes(id) || only.includes(familyOf(id)),
  }
}

/** `P3` also means `P3-200-p50`. */
const familyOf = (id: string) => id.split('-')[0]!
const ids = measurements.flatMap((measurement) => measurement.figures.map(({ id }) => id))
const figures = [...new Set(ids.flatMap((id) => [familyOf(id), id]))]

const usage = `Usage: npm run bench -- [--only FIGURE,FIGURE] [--rounds N] [--seconds N] [options]
Measures the product against plain rivals that do the same work without its promises, in turn within one run, so that only
ratios count.
  --only FIGURES    ${figures.join(', ')}
  --rounds N        how often each is measured (5); the median counts, and of one round it says little
  --seconds N       how long each lap takes (5)
  --json FILE       writes the results there
  --picture         draws docs/pictures/bench.svg
  --strict          ends with 1 where a figure misses its floor
  --profile FOLDER  keeps where the product spends its time
  --growth [small]  measures instead how the product fares as there is more of everything; small: in smaller steps`
