import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { builderOf } from '../builders.ts'
import type { Builder } from '../builders.ts'
import { runTool } from '../run-tool.ts'

/** Images and containers apart from those of the machine, and gone with their holder. */
export async function openStorage(): Promise<Storage> {
  const folder = await mkdtemp(join(tmpdir(), 'candor-images-'))
  const place = ['--root', join(folder, 'storage'), '--runroot', join(folder, 'run')]
  const podman = (...args: string[]) =>
    runTool('podman', [...place, '--runtime', 'runc', '--cgroup-manager', 'cgroupfs', ...args])
  return {
    folder,
    builder: builderOf('buildah', place),
    podman,
    async digestOf(tag) {
      const file = join(folder, 'digest')
      const to = `oci:${join(folder, 'pushed')}:image`
      await runTool('buildah', [...place, 'push', '--disable-compression', '--digestfile', file, tag, to])
      await rm(join(folder, 'pushed'), { recursive: true, force: true })
      return readFile(file, 'utf8')
    },
    async [Symbol.asyncDispose]() {
      await podman('rm', '--all', '--force')
      // Of a build that was cut short.
      await runTool('buildah', [...place, 'rm', '--all'])
      await runTool('buildah', [...place, 'rmi', '--all', '--force'])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export interface Storage extends AsyncDisposable {
  readonly folder: string
  readonly builder: Builder
  podman(...args: string[]): Promise<string>
  /** What a registry would call it, but for the compression of its layers. */
  digestOf(tag: string): Promise<string>
}
