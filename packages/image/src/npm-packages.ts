import { readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'
import type { Metafile } from 'esbuild'
import { readManifest, rootDir, serviceDir } from './places.ts'
import type { LockedPackage } from './sbom.ts'

/** Every package of the lockfile, by the folder it is installed in. */
export function readLockfile(): Lockfile {
  return JSON.parse(readFileSync(join(rootDir, 'package-lock.json'), 'utf8')).packages as Lockfile
}

/** The folders of the packages of which something got into the output. */
export function packagesIn({ outputs }: Metafile): string[] {
  return Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0])
    .filter((path) => path !== undefined)
}

/**
 * What another bundler put into the files that are copied beside the bundle: as nobody tells here what of it was used,
 * everything that the workspaces they come from depend on.
 */
export function bundledWithout(lockfile: Lockfile, service: string): string[] {
  const folders = Object.values(readManifest(serviceDir(service)).bundled ?? {})
    .filter((from) => from.endsWith('dist'))
    .map((from) => normalize(join('services', service, from, '..')))
  const found = new Set<string>()
  const follow = (path: string) => {
    for (const name of Object.keys(lockfile[path]?.dependencies ?? {})) {
      const needed = findInstalled(lockfile, path, name)
      if (needed === undefined || found.has(needed)) continue
      found.add(needed)
      follow(lockfile[needed]?.link ? lockfile[needed].resolved! : needed)
    }
  }
  folders.forEach(follow)
  return [...found].filter((path) => !lockfile[path]!.link)
}

/** As Node looks for a package: beside who asks, then further and further out. */
function findInstalled(lockfile: Lockfile, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.split('/').slice(0, -1).join('/')) {
    const path = [folder, 'node_modules', name].filter(Boolean).join('/')
    if (path in lockfile) return path
    if (folder === '') return undefined
  }
}

type Lockfile = Readonly<Record<string, LockedPackage & { link?: boolean; resolved?: string }>>
