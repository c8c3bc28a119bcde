import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { services } from '@candor/contracts/callers'
import { readCommandLine } from '@candor/runtime/command-line'
import { readConfig } from './config.ts'
import { findHolder } from './processes/run-lock.ts'
import type { Ports } from './stack/ports.ts'
import { doctorProgram } from './stack/programs.ts'
import type { Parts } from './stack/programs.ts'
import { loadSecrets } from './stack/secrets.ts'

/**
 * `npm run doctor [-- SERVICE]`: has each service's doctor look at the running local installation. Exits with 0 if all is
 * well, 1 if something is not, 2 where nothing runs.
 */
async function main(): Promise<number> {
  const { positionals, choose } = readCommandLine(usage, { allowPositionals: true })
  const chosen = positionals.length > 0 ? choose('service', positionals, doors) : doors
  const parts = findInstallation()
  let ill = 0
  for (const name of chosen) {
    const { command, args, env, cwd } = doctorProgram(parts, name)
    const [code] = await once(spawn(command, args, { cwd, env, stdio: 'inherit' }), 'exit')
    if (code !== 0) ill++
  }
  console.log(ill === 0 ? '\nAll is well.' : `\n${ill} of the services found something wrong.`)
  return ill === 0 ? 0 : 1
}

const doors = [...services, 'web'] as const

const usage = `Usage: npm run doctor -- [SERVICE]...
Says what is wrong with the platform that npm start runs, and what to do. SERVICE: ${doors.join(', ')}`

function findInstallation(): Parts {
  const config = readConfig()
  const { dataDir } = config
  const portsFile = join(dataDir, 'ports.json')
  if (!existsSync(portsFile) || !findHolder(dataDir))
    throw new Error(`Candor is not running with its data in ${dataDir}. Start it with: npm start`)
  const ports = JSON.parse(readFileSync(portsFile, 'utf8')) as Ports
  return {
    config,
    ports,
    secrets: loadSecrets(dataDir),
    publicUrl: `http://localhost:${config.port}`,
    // Each service comes as its own role.
    postgresUrl: `postgres://127.0.0.1:${ports.postgres}/postgres`,
    widgetKeyFile: join(dataDir, 'widget-key'),
  }
}

try {
  process.exitCode = await main()
} catch (err) {
  console.error(err instanceof Error ? err.message : err)
  process.exitCode = 2
}
