import { parseArgs } from 'node:util'

/** What was asked for on the command line. */
export function readArguments() {
  const { values, positionals } = parseArgs({
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
  const only = values.only?.split(',')
  return {
    ...values,
    growth: values.growth
      ? positionals[0] === 'small'
        ? ('small' as const)
        : ('whole' as const)
      : undefined,
    rounds: positive('rounds', values.rounds),
    seconds: positive('seconds', values.seconds),
    /** `P3` also means `P3-200-p50`. */
    isWanted: (id: string) => !only || only.some((one) => id === one || id.startsWith(`${one}-`)),
  }
}

function positive(name: string, given: string): number {
  const value = Number(given)
  if (!(value > 0)) throw new Error(`--${name}: a number above 0, not ${given}`)
  return value
}
