import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { services } from '@candor/contracts/callers'

export const rootDir = resolve(import.meta.dirname, '../../..')

/** What there is an image of: every service, and the server of the pages. */
export const images: readonly string[] = [...services, 'web']

export function serviceDir(service: string): string {
  const folder = join(rootDir, 'services', service)
  if (!existsSync(join(folder, 'package.json')))
    throw new Error(`there is no service ${service}; there are ${images.join(', ')}`)
  return folder
}

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
}

interface Manifest {
  readonly name: string
  readonly version: string
  readonly description: string
  readonly license?: string
  readonly dependencies?: Readonly<Record<string, string>>
  /** What lies beside the bundle: the name it has there, and the folder it is copied from. */
  readonly bundled?: Readonly<Record<string, string>>
}
