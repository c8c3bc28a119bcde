import { join } from 'node:path'
import { rootDir } from './config.ts'
import type { LocalConfig } from './config.ts'
import type { Program } from './processes/supervisor.ts'

/** Builds the web pages and the widget; what did not change since the last build is taken from turbo's cache. */
export function buildProgram({ tools }: LocalConfig): Program {
  return {
    name: 'build-pages',
    command: join(rootDir, 'node_modules/.bin/turbo'),
    args: ['run', 'build', '--filter=@candor/web', '--no-update-notifier'],
    cwd: rootDir,
    env: { ...quietTurbo, PATH: tools.path },
  }
}

/** It would report to its maker what is built. */
export const quietTurbo = { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }
