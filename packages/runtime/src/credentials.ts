import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The secrets that stand as files in the folder CREDENTIALS_DIRECTORY names, each under the name of the variable it
 * stands for. An environment is inherited by every child and printed by many a tool; a file is neither.
 */
export function readCredentials(folder: string | undefined): {
  values: Record<string, string>
  problems: string[]
} {
  const values: Record<string, string> = {}
  const problems: string[] = []
  for (const name of listNames(folder, problems)) {
    try {
      values[name] = readFileSync(join(folder!, name), 'utf8').replace(/\r?\n$/, '')
    } catch {
      problems.push(`${name}: its file in CREDENTIALS_DIRECTORY cannot be read`)
    }
  }
  return { values, problems }
}

/** What else lies there, such as the folders by which Kubernetes exchanges all files at once, is not for us. */
function listNames(folder: string | undefined, problems: string[]): string[] {
  if (!folder) return []
  try {
    return readdirSync(folder).filter((name) => /^[A-Z][A-Z0-9_]*$/.test(name))
  } catch {
    problems.push('CREDENTIALS_DIRECTORY: the folder it names cannot be read')
    return []
  }
}
