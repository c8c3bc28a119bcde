import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

/** What an overlay says of its installation. */
export function readSettings(overlay: string): Record<string, string | undefined> {
  return parseEnv(
    readFileSync(join(import.meta.dirname, '../../deploy/overlays', overlay, 'settings.env'), 'utf8'),
  )
}
