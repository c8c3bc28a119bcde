import { writeFileSync } from 'node:fs'
import { replaceSource } from './replace-source.ts'
import { sabotages } from './sabotages.ts'

/** `node run-sabotaged.ts NAME FILE CLAUSE...`: a run on a platform with one enforcement switched off, its outcomes in FILE. */
const [name, file, ...wanted] = process.argv.slice(2)
const sabotage = sabotages.find((one) => one.name === name)
if (sabotage?.replace) replaceSource([sabotage.replace])
const { runConformance } = await import('../conformance.ts')
const outcomes = await runConformance({
  isWanted: (clause) => wanted.includes(clause),
  afterStart: sabotage?.apply,
  signal: new AbortController().signal,
  onOutcome: () => {},
})
writeFileSync(file!, JSON.stringify(outcomes))
