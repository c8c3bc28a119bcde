import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Tests drive the script as it is shipped. */
export function setup(): void {
  execFileSync(process.execPath, [fileURLToPath(new URL('../build.ts', import.meta.url))], {
    stdio: 'inherit',
  })
}
