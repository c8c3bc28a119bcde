import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '../config.ts'
import type { ToolConfig } from '../config.ts'
import { unpackDebianPackage } from './debian-package.ts'
import { unpackNatsRelease } from './nats-release.ts'
import { cached, findCached, findOnPath, isProgram } from './tool-cache.ts'

/**
 * The nats-server program: the one CANDOR_NATS_SERVER names, else one that is installed, else one fetched once into
 * the cache, from the distribution's package or from the project's release.
 */
export async function findNatsServer(
  tools: ToolConfig = readConfig().tools,
  log: (line: string) => void = () => {},
): Promise<string> {
  if (tools.natsServer) {
    if (isProgram(tools.natsServer)) return tools.natsServer
    throw new Error(`CANDOR_NATS_SERVER names ${tools.natsServer}, which is not a program.`)
  }
  // Debian installs it where an ordinary user's PATH does not look.
  const installed = findOnPath(`${tools.path}:/usr/sbin:/usr/local/sbin`, ['nats-server'])
  if (installed) return installed
  const folder = findCached(tools, cacheName) ?? (await fetchNatsServer(tools, log))
  return join(folder, 'usr/sbin/nats-server')
}

async function fetchNatsServer(tools: ToolConfig, log: (line: string) => void): Promise<string> {
  const failures: string[] = []
  for (const [source, unpack] of sources) {
    log(`nats-server is not installed; fetching it from ${source}`)
    try {
      return await cached(tools, cacheName, async (folder) => {
        await unpack(folder)
        chmodSync(folder, 0o755)
      })
    } catch (error) {
      failures.push(`  ${source}: ${(error as Error).message.trim().split('\n').at(-1)}`)
    }
  }
  throw new Error(
    `nats-server is missing and could not be fetched:\n${failures.join('\n')}\n` +
      'Install it (Debian, Ubuntu: apt-get install nats-server; macOS: brew install nats-server), or name one in ' +
      'CANDOR_NATS_SERVER, and start again.',
  )
}

const cacheName = `nats-server-${process.arch}`

const sources: [name: string, unpack: (folder: string) => Promise<void>][] = [
  ["the distribution's package", (folder) => unpackDebianPackage('nats-server', folder)],
  ["the project's release", unpackNatsRelease],
]
