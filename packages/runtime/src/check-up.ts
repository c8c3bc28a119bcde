/** One thing a doctor looks at. `look` answers what it found, or throws where it could not look at all. */
export interface Check {
  readonly name: string
  /** Without what that one found working there is nothing to look at. */
  readonly needs?: string
  readonly look: () => Promise<Finding>
}

export interface Finding {
  /** What is there, in a few words. */
  readonly found: string
  /** What is wrong, and what to do about it. */
  readonly wrong?: readonly Complaint[]
}

export interface Complaint {
  readonly what: string
  readonly toDo: string
}

/** Looks at one thing after the other and tells each as soon as it is known. Answers how many are not well. */
export async function checkUp(
  subject: string,
  checks: readonly Check[],
  tell: (line: string) => void,
): Promise<number> {
  const failed = new Set<string>()
  let ill = 0
  const report = (verdict: string, name: string, text: string) =>
    tell(`${subject.padEnd(12)} ${verdict.padEnd(7)} ${name.padEnd(14)} ${text}`)
  for (const { name, needs, look } of checks) {
    if (needs && failed.has(needs)) {
      failed.add(name)
      report('skipped', name, `needs ${needs}`)
      continue
    }
    try {
      const { found, wrong = [] } = await look()
      report(wrong.length === 0 ? 'ok' : 'WRONG', name, found)
      for (const complaint of wrong) tell(indented(complaint))
      if (wrong.length > 0) ill++
    } catch (err) {
      failed.add(name)
      ill++
      report('WRONG', name, 'could not be looked at')
      tell(indented(complaintOf(err)))
    }
  }
  return ill
}

/** Thrown where something cannot be looked at and it is known what to do. */
export class CheckError extends Error {
  override readonly name = 'CheckError'
  readonly toDo: string

  constructor(what: string, toDo: string, options?: ErrorOptions) {
    super(what, options)
    this.toDo = toDo
  }
}

function indented({ what, toDo }: Complaint): string {
  return `- ${what}\n${toDo}`.replaceAll('\n', '\n  ').replaceAll(/^/gm, ' '.repeat(13))
}

function complaintOf(err: unknown): Complaint {
  if (err instanceof CheckError) return { what: err.message, toDo: err.toDo }
  const { message, code } = err as { message?: string; code?: string }
  return {
    what: message || code || String(err),
    toDo: 'Nothing is known about this one; start from the message.',
  }
}
