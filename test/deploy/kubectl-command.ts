/** The commands of kubectl that stand in a text, each up to a pipe, a comment or the end of its line. */
export function commandsIn(text: string): string[] {
  return [...text.matchAll(/\bkubectl ((?:'[^'\n]*'|"[^"\n]*"|[^|\n`;&])+)/g)]
    .map(([, rest]) => rest!.replace(/ +#.*/, '').trim())
    .filter((rest) => verbs.test(rest))
}

/** What a command names, as far as `kubectl` reads it; what follows `--` runs in the pod. */
export function readCommand(command: string): Command {
  const words = splitWords(command.replace(/ -- .*/, ''))
  const options: Record<string, string> = {}
  const named: string[] = []
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const [option, value] = word.split(/=([^]*)/) as [string, string | undefined]
    if (!word.startsWith('-')) named.push(word)
    else options[option] = value ?? (takesNext.has(option) ? (words.shift() ?? '') : '')
  }
  const [verb, ...rest] = named
  return { verb: verb!, named: verb === 'rollout' || verb === 'create' ? rest.slice(1) : rest, options }
}

/** What somebody who reads has to put in: POD, <service>, $s. */
export function isPlaceholder(word: string): boolean {
  return /^[A-Z]+$|[<$]/.test(word)
}

function splitWords(text: string): string[] {
  return [...text.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) => word.replaceAll(/['"]/g, ''))
}

const takesNext = new Set(['-n', '-l', '-o', '-c', '-k', '-f', '-p', '--patch'])

/** `kubectl 1.27` in a sentence is none. */
const verbs = /^(-n \S+ )?[a-z]/

export interface Command {
  readonly verb: string
  /** Kinds and names, in the order in which they stand. */
  readonly named: readonly string[]
  readonly options: Readonly<Record<string, string>>
}
