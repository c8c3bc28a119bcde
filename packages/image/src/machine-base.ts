import { createHash } from 'node:crypto'
import { copyFile, mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { answers, runTool } from './run-tool.ts'
import type { Component } from './sbom.ts'

/**
 * A file system for images that has nothing but this machine's Node and the libraries it is linked with, for where no
 * registry can be reached. Without `strip` (Debian: binutils) it is some 18 MB larger.
 */
export async function writeMachineBase(folder: string): Promise<Component[]> {
  await rm(folder, { recursive: true, force: true })
  const node = join(folder, 'nodejs/bin/node')
  await mkdir(dirname(node), { recursive: true })
  await copyFile(await realpath(process.execPath), node)
  if (await answers('strip', ['--version'])) await runTool('strip', ['--strip-all', node])
  const libraries = await librariesOf(node)
  for (const path of libraries) await copyInto(folder, path)
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  await mkdir(join(folder, 'tmp'))
  return [
    { type: 'application', 'bom-ref': 'node', name: 'node', version: process.versions.node },
    ...(await Promise.all(libraries.map((path) => fileComponent(join(folder, path), path)))),
  ]
}

/** Those of the C library go together: a native part of a package may be linked with one that Node is not. */
async function librariesOf(program: string): Promise<string[]> {
  const linked = [...(await runTool('ldd', [program])).matchAll(/(\/\S+) \(0x/g)].map(([, path]) => path!)
  const realTime = join(dirname(linked.find((path) => path.includes('/libc.so'))!), 'librt.so.1')
  return [...new Set([...linked, realTime])]
}

const files = {
  'etc/passwd': 'root:x:0:0::/:\ncandor:x:10001:10001::/app:\n',
  'etc/group': 'root:x:0:\ncandor:x:10001:\n',
  'etc/nsswitch.conf': 'hosts: files dns\n',
}

async function copyInto(folder: string, path: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await copyFile(path, join(folder, path))
}

async function fileComponent(file: string, path: string): Promise<Component> {
  const content = createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
  return { type: 'library', 'bom-ref': path, name: basename(path), hashes: [{ alg: 'SHA-256', content }] }
}
