import { basename, dirname } from 'node:path'
import { quantity } from '@candor/deploy/checks/quantity'
import { contractSecrets } from '@candor/deploy/generate/contract-secrets'
import { describe, expect, test } from 'vitest'
import { installation, overlays } from './installation.ts'
import { configMap } from './nats-cluster.ts'
import { kustomize } from './render.ts'
import type { Installation } from './installation.ts'

describe.skipIf(!kustomize).each(overlays)('in the overlay %s', (overlay) => {
  test("NATS's servers know each other, by names that are there before any of them is ready", async () => {
    const { conf, set, here } = await broker(overlay)
    const others = Array.from({ length: set.replicas }, (_, place) => `nats-${place}.${set.serviceName}`)
    expect(routesOf(conf)).toEqual(others.map((name) => `${name}:6222`))
    expect(here.get('Service', set.serviceName).spec.publishNotReadyAddresses).toBe(true)
    // A majority has to be there before one is ready: none may wait for another.
    expect(set.podManagementPolicy).toBe('Parallel')
  })

  test("its certificate bears every name that clients and servers call, and no other server's is given to clients", async () => {
    const { conf, here } = await broker(overlay)
    const called = here.workloads.flatMap((workload) => {
      const { NATS_URL } = here.environmentOf(workload).variables
      return NATS_URL ? [new URL(NATS_URL).hostname] : []
    })
    expect(new Set(called)).toEqual(new Set([here.get('Service', 'nats').metadata.name]))
    expect(conf).toMatch(/^ {2}no_advertise: true$/m)
    const certificate = here.find('Certificate', 'nats')?.spec
    // One that comes from elsewhere is the platform's.
    if (!certificate) return
    const isNamed = (host: string) =>
      certificate.dnsNames.some((name: string) => name === host || name === host.replace(/^[^.]+/, '*'))
    expect(
      [...called, ...routesOf(conf).map((route) => route.split(':')[0]!)].filter((host) => !isNamed(host)),
    ).toEqual([])
    // A server is the client of another.
    expect(certificate.usages).toEqual(expect.arrayContaining(['server auth', 'client auth']))
  })

  test('a server that goes has sent its clients elsewhere and closed its store before it is killed', async () => {
    const { conf, set } = await broker(overlay)
    const { terminationGracePeriodSeconds, containers } = set.template.spec
    const [, pidFile] = /^pid_file: "(.+)"$/m.exec(conf)!
    expect(containers[0].lifecycle.preStop.exec.command).toEqual([
      '/nats-server',
      '--signal',
      `ldm=${pidFile}`,
    ])
    const lameDuck = seconds(conf, 'lame_duck_grace_period') + seconds(conf, 'lame_duck_duration')
    expect(lameDuck + closingSeconds).toBeLessThanOrEqual(terminationGracePeriodSeconds)
  })

  test('what it keeps outlives it, and it is started again only where its own process is ill', async () => {
    const { set } = await broker(overlay)
    expect(set.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' })
    const { livenessProbe, readinessProbe, startupProbe } = set.template.spec.containers[0]
    expect([startupProbe, readinessProbe, livenessProbe].map(({ httpGet }) => httpGet)).toEqual(
      ['/healthz', '/healthz?js-server-only=true', '/healthz?js-enabled-only=true'].map((path) => ({
        path,
        port: 'monitor',
      })),
    )
  })

  test('it listens to all of its network where its ports are declared', async () => {
    const { conf, set } = await broker(overlay)
    const listening = [...conf.matchAll(/^ *(?:listen|http): "(\S+)"$/gm)].map(([, address]) => address)
    const { ports } = set.template.spec.containers[0]
    expect(listening).toEqual(
      ['client', 'monitor', 'cluster'].map((wanted) => {
        const { containerPort } = ports.find(({ name }: any) => name === wanted)
        return `0.0.0.0:${containerPort}`
      }),
    )
  })

  test('whatever its files name is mounted: other files, keys, its disk; and each server has a name of its own', async () => {
    const { conf, files, set } = await broker(overlay)
    const { containers, volumes } = set.template.spec
    const [{ volumeMounts, env, args }] = containers
    const folder = dirname(args[args.indexOf('--config') + 1])
    const { sources } = volumes.find(
      ({ name }: any) => name === volumeMounts.find(({ mountPath }: any) => mountPath === folder).name,
    ).projected
    const lying = sources.flatMap(({ secret }: any) => secret?.items.map(({ path }: any) => path) ?? [])
    const included = Object.values(files).flatMap((text) =>
      [...text.matchAll(/^ *include \.\/(\S+)$/gm)].map(([, file]) => file!),
    )
    expect(included.toSorted()).toEqual(['cluster-tls.conf', 'keys.conf', 'tls.conf', 'users.conf'])
    expect(included.filter((file) => !(file in files) && !lying.includes(file))).toEqual([])

    const named = Object.values(files).flatMap((text) =>
      [...text.matchAll(/^ *\w+: "(\/[^"]+)"$/gm)].map(([, path]) => path!),
    )
    const mountOf = (path: string) =>
      volumeMounts.find(({ mountPath }: any) => path === mountPath || path.startsWith(`${mountPath}/`))
    expect(named.filter((path) => !mountOf(path) || mountOf(path).subPath)).toEqual([])
    const keys = named.filter((path) => mountOf(path).name === 'tls').map((path) => basename(path))
    const promised = contractSecrets.find(({ name }) => name === 'nats-tls')!.keys
    expect(keys.filter((key) => !promised.includes(key))).toEqual([])
    const [, store] = /^ {2}store_dir: "(\S+)"$/m.exec(conf)!
    expect(mountOf(store!).name).toBe(set.volumeClaimTemplates[0].metadata.name)

    expect(conf).toMatch(/^server_name: \$SERVER_NAME$/m)
    expect(env).toContainEqual({
      name: 'SERVER_NAME',
      valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
    })
  })

  test("its log holds nobody's messages, and it turns away nobody who has a key", async () => {
    const { files } = await broker(overlay)
    const text = Object.values(files).join('\n')
    expect(text).not.toMatch(/^ *"?(debug|trace|trace_verbose|log_file|logfile|max_connections)\b/m)
    expect(text).not.toMatch(/^ *"?(no_auth_user|system_account)\b/m)
  })

  test('no stream has more copies than there are servers, and one server may go without the end of a stream', async () => {
    const { set, here } = await broker(overlay)
    const { streams } = JSON.parse(configMap(here, 'nats-streams-')['streams.json']!)
    expect(new Set(streams.map(({ num_replicas }: any) => num_replicas))).toEqual(new Set([3]))
    expect(set.replicas).toBe(3)
  })

  test('whatever a stream takes fits into a message with its headers, and Go collects before the kernel kills', async () => {
    const { conf, set, here } = await broker(overlay)
    const [, payload] = /^max_payload: (\d+)MB$/m.exec(conf) ?? []
    const { streams } = JSON.parse(configMap(here, 'nats-streams-')['streams.json']!)
    for (const { name, max_msg_size } of streams)
      expect(max_msg_size, name).toBeLessThan(Number(payload) * 1024 ** 2)
    const { env, resources } = set.template.spec.containers[0]
    const { value } = env.find(({ name }: any) => name === 'GOMEMLIMIT')
    expect(quantity(value.replace(/B$/, ''))).toBeLessThan(0.9 * quantity(resources.limits.memory))
  })
})

async function broker(overlay: string): Promise<Broker> {
  const here = await installation(overlay)
  const files = configMap(here, 'nats-config-')
  return {
    here,
    files,
    conf: files['nats.conf']!,
    set: here.get('StatefulSet', 'nats').spec,
  }
}

function routesOf(conf: string): string[] {
  return [...conf.matchAll(/"nats-route:\/\/(\S+)"/g)].map(([, route]) => route!)
}

function seconds(conf: string, name: string): number {
  return Number(new RegExp(`^${name}: (\\d+)s$`, 'm').exec(conf)![1])
}

interface Broker {
  readonly here: Installation
  readonly files: Record<string, string>
  readonly conf: string
  readonly set: any
}

/** What JetStream may take to write what it has in hand. */
const closingSeconds = 20
