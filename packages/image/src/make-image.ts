import { join } from 'node:path'
import type { Builder } from './builders.ts'
import { bundleService } from './bundle.ts'
import { writeMachineBase } from './machine-base.ts'
import { readManifest, rootDir, serviceDir } from './places.ts'
import type { Revision } from './revision.ts'
import { runTool } from './run-tool.ts'
import type { Component } from './sbom.ts'

/** An image of nothing but this machine's Node. */
export async function makeMachineBase(builder: Builder, folder: string): Promise<MachineBase> {
  const components = await writeMachineBase(folder)
  const tag = machineBaseTag
  const file = join(import.meta.dirname, '../base.Dockerfile')
  // The time of all its files, whenever they were made.
  await builder.build(folder, { epochSeconds: 0, file, tag, args: {}, afresh: true })
  return { tag, components }
}

export const machineBaseTag = `candor-base:node-${process.versions.node}`

/** A service's image as the Dockerfile says, or with what is bundled here on a base that was made here. */
export async function makeImage(
  builder: Builder,
  { service, tag, folder, revision, base, afresh = false }: ImageOptions,
): Promise<void> {
  const { version, description } = readManifest(serviceDir(service))
  const args = { SERVICE: service, DESCRIPTION: description, VERSION: version, REVISION: revision.name }
  const { epochSeconds } = revision
  if (base === undefined) {
    const output = join(folder, 'aside')
    await builder.build(rootDir, { args, epochSeconds, tag })
    return builder.build(rootDir, { args, epochSeconds, target: 'aside', output })
  }
  await buildCopied(service, afresh)
  await bundleService(service, folder, base.components)
  const contexts = { bundle: join(folder, 'bundle') }
  const onBase = { ...args, BASE_IMAGE: base.tag }
  await builder.build(rootDir, { args: onBase, epochSeconds, contexts, tag, afresh: true })
}

/** What a bundle takes along as it is, its own workspace builds first. */
async function buildCopied(service: string, afresh: boolean): Promise<void> {
  if (!readManifest(serviceDir(service)).bundled) return
  // It would report to its maker what is built.
  const quiet = ['TURBO_TELEMETRY_DISABLED=1', 'DO_NOT_TRACK=1']
  const args = ['run', 'build', `--filter=@candor/${service}`, '--no-update-notifier', `--cwd=${rootDir}`]
  const turbo = join(rootDir, 'node_modules/.bin/turbo')
  await runTool('env', [...quiet, turbo, ...args, ...(afresh ? ['--force'] : [])])
}

export interface MachineBase {
  readonly tag: string
  readonly components: readonly Component[]
}

interface ImageOptions {
  service: string
  tag: string
  /** Where the bundle and what is kept aside go. */
  folder: string
  revision: Revision
  /** Without one, the Dockerfile's own, which is pulled. */
  base?: MachineBase | undefined
  /** Takes nothing from a cache. */
  afresh?: boolean
}
