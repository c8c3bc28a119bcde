import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import type { Metafile } from 'esbuild'
import { bundledWithout, packagesIn, readLockfile } from './npm-packages.ts'
import { readManifest, serviceDir } from './places.ts'

/**
 * Writes an image's bill of materials, in CycloneDX: the npm packages of which code or files are in it, and what it
 * stands on. It names no time, so that it is the same for the same image.
 */
export async function writeSbom(
  file: string,
  { service, metafile, base }: { service: string; metafile: Metafile; base: readonly Component[] },
): Promise<void> {
  const lockfile = readLockfile()
  const paths = new Set([...packagesIn(metafile), ...bundledWithout(lockfile, service)])
  const components = [...paths].toSorted().map((path) => npmComponent(path, lockfile[path]!))
  const contents = {
    metadata: { component: { type: 'container', name: `candor-${service}`, version: versionOf(service) } },
    components: [...components, ...base],
  }
  const sbom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify(contents))}`,
    version: 1,
    ...contents,
  }
  await writeFile(file, `${JSON.stringify(sbom, undefined, 2)}\n`)
}

/** An image by its whole name, as the one this stands on. */
export function imageComponent(reference: string): Component {
  const [, name = reference, tag, digest] =
    /^(.+?)(?::([\w.-]+))?(?:@sha256:([0-9a-f]+))?$/.exec(reference) ?? []
  return {
    type: 'container',
    'bom-ref': reference,
    name,
    ...(tag && { version: tag }),
    ...(digest && { hashes: [{ alg: 'SHA-256', content: digest }] }),
  }
}

function npmComponent(path: string, { version, integrity, license }: LockedPackage): Component {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
  const [algorithm, hash] = integrity?.split('-') ?? []
  return {
    type: 'library',
    'bom-ref': `${purl}#${path}`,
    name,
    version,
    purl,
    ...(license && { licenses: [licenceOf(license)] }),
    ...(algorithm === 'sha512' && {
      hashes: [{ alg: 'SHA-512', content: Buffer.from(hash!, 'base64').toString('hex') }],
    }),
  }
}

/** Some say it in words. */
function licenceOf(text: string): Licence {
  return /^[\w.+()-]+( (AND|OR|WITH) [\w.+()-]+)*$/.test(text)
    ? { expression: text }
    : { license: { name: text } }
}

function versionOf(service: string): string {
  return readManifest(serviceDir(service)).version
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  // Version 8: a form of one's own. The variant takes two bits of the fourth group.
  const groups = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`]
  return [...groups, hex.slice(20, 32)].join('-')
}

export interface LockedPackage {
  readonly version: string
  readonly integrity?: string
  readonly license?: string
  readonly dependencies?: Readonly<Record<string, string>>
}

export interface Component {
  readonly type: 'library' | 'container' | 'application'
  readonly 'bom-ref': string
  readonly name: string
  readonly version?: string
  readonly purl?: string
  readonly licenses?: readonly Licence[]
  readonly hashes?: readonly { readonly alg: 'SHA-256' | 'SHA-512'; readonly content: string }[]
}

type Licence = { readonly expression: string } | { readonly license: { readonly name: string } }
