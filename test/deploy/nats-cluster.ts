import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readConfig } from '@candor/local/config'
import { freePorts } from '@candor/local/processes/free-port'
import { guard } from '@candor/local/processes/guard'
import { waitUntil } from '@candor/local/processes/wait-until'
import { findNatsServer } from '@candor/local/servers/find-nats-server'
import { findOnPath } from '@candor/local/servers/tool-cache'
import type { Installation } from './installation.ts'
import { runJob } from './run-workload.ts'

/** Certificates are made by it. */
export const hasOpenssl = findOnPath(readConfig().tools.path, ['openssl']) !== undefined
if (!hasOpenssl) console.warn('NOT TESTED here: NATS as rendered, for openssl is not installed.')

/**
 * Three servers on loopback from the files of a rendered `nats-config`, with these public keys and certificates of their own. Of the
 * configuration only what names the pods' network and folders is changed.
 */
export async function startCluster(installation: Installation, keys: string): Promise<Cluster> {
  const files = configMap(installation, 'nats-config-')
  const folder = mkdtempSync(join(tmpdir(), 'candor-nats-cluster-'))
  await makeCertificates(join(folder, 'tls'))
  const ports = await freePorts(9)
  const binary = await findNatsServer()
  const servers = [0, 1, 2].map((place) => {
    const home = join(folder, `nats-${place}`)
    mkdirSync(home)
    for (const [name, text] of Object.entries({ ...files, 'keys.conf': keys }))
      writeFileSync(join(home, name), onLoopback(text, { folder, home, place, ports }))
    const env = { SERVER_NAME: `nats-${place}` }
    const server = spawn(binary, ['--config', join(home, 'nats.conf')], { env, stdio: 'ignore' })
    return { server, ended: once(server, 'exit'), release: guard({ pid: server.pid!, folder }) }
  })
  const stop = async (place: number) => {
    servers[place]!.server.kill('SIGTERM')
    await servers[place]!.ended
  }
  // What the pods' probe asks.
  const isWell = (port: number) =>
    fetch(`http://127.0.0.1:${port}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    )
  await Promise.all(
    ports
      .slice(6)
      .map((port) => waitUntil('a server being well', () => isWell(port), { deadlineMs: 30_000 })),
  )
  return {
    folder,
    caFile: join(folder, 'tls/ca.crt'),
    urls: ports.slice(0, 3).map((port) => `tls://localhost:${port}`),
    stop,
    reloadKeys(text) {
      for (const place of [0, 1, 2]) writeFileSync(join(folder, `nats-${place}/keys.conf`), text)
      for (const { server } of servers) server.kill('SIGHUP')
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([0, 1, 2].map(stop))
      rmSync(folder, { recursive: true, force: true })
      await Promise.all(servers.map(({ release }) => release()))
    },
  }
}

/** Does what the Job does; it tries again while the servers find their leader, as the Job does. */
export async function provisionStreams(
  installation: Installation,
  cluster: Cluster,
  adminSeed: string,
): Promise<void> {
  const streams = join(cluster.folder, 'streams.json')
  writeFileSync(streams, configMap(installation, 'nats-streams-')['streams.json']!)
  const secrets = { 'nats-admin-credentials': { NATS_SEED: adminSeed } }
  const elsewhere = { NATS_URL: cluster.urls[0]!, NATS_CA_FILE: cluster.caFile, STREAMS_FILE: streams }
  const given = { folder: cluster.folder, secrets, elsewhere }
  await waitUntil(
    'the streams being there',
    () =>
      runJob(installation, 'provision-streams-', given).then(
        () => true,
        () => false,
      ),
    { deadlineMs: 40_000 },
  )
}

/** What a ConfigMap holds, whatever the hash in its name. */
export function configMap({ ofKind }: Installation, prefix: string): Record<string, string> {
  return ofKind('ConfigMap').find(({ metadata }) => metadata.name.startsWith(prefix)).data
}

function onLoopback(text: string, { folder, home, place, ports }: Place): string {
  return text
    .replaceAll('/etc/nats/tls', join(folder, 'tls'))
    .replace('/var/run/nats', home)
    .replace('store_dir: "/data"', `store_dir: "${join(home, 'data')}"`)
    .replace('0.0.0.0:4222', `127.0.0.1:${ports[place]}`)
    .replace('0.0.0.0:6222', `127.0.0.1:${ports[3 + place]}`)
    .replace('0.0.0.0:8222', `127.0.0.1:${ports[6 + place]}`)
    .replace(/nats-(\d)\.nats-headless:6222/g, (_, other) => `127.0.0.1:${ports[3 + Number(other)]}`)
}

/** An authority, and one certificate that all three servers hold. */
async function makeCertificates(folder: string): Promise<void> {
  mkdirSync(folder)
  const openssl = (...args: string[]) => promisify(execFile)('openssl', args, { cwd: folder })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  await openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
    '-subj',
    '/CN=candor',
    '-days',
    '2',
  )
  await openssl('req', ...key, '-keyout', 'tls.key', '-out', 'tls.csr', '-subj', '/CN=nats')
  writeFileSync(
    join(folder, 'names'),
    'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n',
  )
  const signing = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names', '-days', '2']
  await openssl('x509', '-req', '-in', 'tls.csr', '-out', 'tls.crt', ...signing)
}

export interface Cluster extends AsyncDisposable {
  readonly folder: string
  readonly caFile: string
  readonly urls: readonly string[]
  stop(place: number): Promise<void>
  /** Puts other public keys in place and has the servers read them, as `nats-server --signal reload` does. */
  reloadKeys(text: string): void
}

interface Place {
  readonly folder: string
  readonly home: string
  readonly place: number
  readonly ports: readonly number[]
}
