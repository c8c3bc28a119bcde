import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { parse } from 'yaml'

/** What an overlay says of its installation; one that is laid over another says what that one does. */
export function readSettings(overlay: string): Record<string, string | undefined> {
  const folder = join(import.meta.dirname, '../../deploy/overlays', overlay)
  const settings = join(folder, 'settings.env')
  if (existsSync(settings)) return parseEnv(readFileSync(settings, 'utf8'))
  const { resources } = parse(readFileSync(join(folder, 'kustomization.yaml'), 'utf8'))
  return readSettings(join(overlay, resources[0]))
}
