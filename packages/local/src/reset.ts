import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readCommandLine } from '@candor/runtime/command-line'
import { readConfig } from './config.ts'
import { endLeftovers } from './processes/leftovers.ts'
import { findHolder } from './processes/run-lock.ts'
import { removePostgresData } from './servers/postgres-place.ts'

readCommandLine('Usage: npm run reset\nForgets the data of npm start.', {})
const { dataDir } = readConfig()
const holder = findHolder(dataDir)
if (holder) {
  console.error(`Candor runs on ${dataDir} as process ${holder}. Stop it first.`)
  process.exit(1)
}
if (existsSync(dataDir) && !existsSync(join(dataDir, 'secrets.json'))) {
  console.error(`${dataDir} does not look like Candor's data; nothing was deleted.`)
  process.exit(1)
}
await endLeftovers(join(dataDir, 'children.json'))
removePostgresData(join(dataDir, 'postgres'))
rmSync(dataDir, { recursive: true, force: true })
console.log(`Forgot everything in ${dataDir}.`)
