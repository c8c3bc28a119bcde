import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readConfig } from '@candor/local/config'
import { freePorts } from '@candor/local/processes/free-port'
import { guard } from '@candor/local/processes/guard'
import { waitUntil } from '@candor/local/processes/wait-until'
import { startNats } from '@candor/local/servers/nats-server'
import type { NatsServer } from '@candor/local/servers/nats-server'
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
  const servers = await Promise.all(
    [0, 1, 2].map(async (place) => {
      const storeDir = join(folder, `nats-${place}`)
      mkdirSync(storeDir)
      const [port, routes] = [ports[place]!, ports.slice(3, 6)]
      const local = { folder, storeDir, monitor: ports[6 + place]!, route: routes[place]!, routes }
      for (const [name, text] of Object.entries(files))
        writeFileSync(join(storeDir, name), onLoopback(text, local))
      writeFileSync(join(storeDir, 'keys.conf'), keys)
      // In a pod it is a variable of the environment.
      const configFile = join(storeDir, 'nats.conf')
      writeFileSync(configFile, `SERVER_NAME: nats-${place}\n${onLoopback(files['nats.conf']!, local)}`)
      const server = await startNats({ storeDir, configFile, port })
      return { ...server, release: guard({ pid: server.pid, folder }) }
    }),
  )
  return {
    folder,
    caFile: join(folder, 'tls/ca.crt'),
    urls: servers.map(({ port }) => `tls://localhost:${port}`),
    servers,
    async [Symbol.asyncDispose]() {
      await Promise.all(servers.map(({ stop, release }) => stop().then(release)))
      rmSync(folder, { recursive: true, force: true })
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

function onLoopback(
  text: string,
  local: { folder: string; storeDir: string; monitor: number; route: number; routes: number[] },
): string {
  return (
    text
      .replaceAll('/etc/nats/tls', join(local.folder, 'tls'))
      .replace('/var/run/nats', local.storeDir)
      // Named on the command line.
      .replace('store_dir: "/data"', '')
      .replace('0.0.0.0:8222', `127.0.0.1:${local.monitor}`)
      .replace('0.0.0.0:6222', `127.0.0.1:${local.route}`)
      .replace(/nats-(\d)\.nats-headless:6222/g, (_, place) => `127.0.0.1:${local.routes[Number(place)]}`)
  )
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
  readonly servers: readonly NatsServer[]
}
