import { relative } from 'node:path'
import { readCommandLine } from '@candor/runtime/command-line'

/** The whole numbers by which a measurement can be made smaller or larger, each as its option says, or else as given here. */
export function readSizes<const N extends string>(what: string, sizes: Record<N, number>): Record<N, number> {
  const given = Object.entries<number>(sizes)
  const usage = [
    'Usage: node',
    relative(process.cwd(), process.argv[1]!),
    ...given.map(([name, size]) => `[--${name} ${size}]`),
  ]
  const { values, wholeNumber } = readCommandLine(`${usage.join(' ')}\n${what}`, {
    options: Object.fromEntries(
      given.map(([name, size]) => [name, { type: 'string' as const, default: String(size) }]),
    ),
  })
  return Object.fromEntries(
    given.map(([name]) => [name, wholeNumber(name, values[name] as string)]),
  ) as Record<N, number>
}
