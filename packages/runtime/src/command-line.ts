import { closeSync, openSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { ParseArgsConfig } from 'node:util'

/**
 * What was asked for on the command line. `--help` prints the usage and ends with 0; what cannot be meant is told in a line,
 * with the usage's first, and ends with 2.
 */
export function readCommandLine<const T extends ParseArgsConfig>(usage: string, config: T): CommandLine<T> {
  if (process.argv.slice(2).some((argument) => argument === '--help' || argument === '-h')) {
    process.stdout.write(`${usage}\n`)
    process.exit(0)
  }

  function refuse(why: string): never {
    process.stderr.write(`${why}\n${usage.split('\n')[0]}\n`)
    process.exit(2)
  }

  function parse() {
    try {
      return parseArgs(config)
    } catch (err) {
      // Its first sentence says what is wrong, the others how a value may begin with a dash.
      return refuse((err as Error).message.split(/\. |\n/)[0]!)
    }
  }

  return {
    ...parse(),
    refuse,
    choose(what, given, names) {
      const unknown = given.find((one) => !names.some((name) => name === one))
      if (unknown !== undefined) refuse(`There is no ${what} "${unknown}". There are: ${names.join(', ')}`)
      return names.filter((name) => given.includes(name))
    },
    wholeNumber(option, given, least = 1) {
      const value = Number(given)
      if (given === '' || !Number.isSafeInteger(value) || value < least)
        refuse(`--${option} takes a whole number from ${least}, not "${given}"`)
      return value
    },
    writable(option, path) {
      try {
        closeSync(openSync(path, 'a'))
      } catch (err) {
        refuse(`--${option} cannot be written: ${(err as Error).message}`)
      }
    },
  }
}

export type CommandLine<T extends ParseArgsConfig> = ReturnType<typeof parseArgs<T>> & {
  /** Ends the command, saying why. */
  refuse(why: string): never
  /** Those of the names that are given, and refuses what is none of them. */
  choose<N extends string>(what: string, given: readonly string[], names: readonly N[]): N[]
  wholeNumber(option: string, given: string, least?: number): number
  /** Refuses a file that cannot be written while nothing has been done for it yet. */
  writable(option: string, path: string): void
}
