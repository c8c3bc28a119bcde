import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readManifest, rootDir, serviceDir } from './places.ts'

/**
 * The programs of a service's image, by name: what lies in its `src` under one of these names, else what all services
 * share under it. A program that is added is picked up here without a change.
 */
export function entryPoints(service: string): Record<string, string> {
  const folders = [serviceDir(service)]
  if ('@candor/service' in (readManifest(serviceDir(service)).dependencies ?? {}))
    folders.push(join(rootDir, 'packages/service'))
  const found: Record<string, string> = {}
  for (const name of programs) {
    const file = folders.map((folder) => join(folder, 'src', `${name}.ts`)).find((path) => existsSync(path))
    if (file) found[name] = file
  }
  return found
}

const programs = ['main', 'migrate', 'doctor', 'provision']
