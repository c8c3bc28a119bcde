import { readFileSync } from 'node:fs'
import { services } from '@candor/contracts/callers'
import { quantity } from '@candor/deploy/checks/quantity'
import { rootDir } from '@candor/local/config'
import { describe, expect, test } from 'vitest'
import { installation, overlays } from './installation.ts'
import { kustomize } from './render.ts'
import { configMap } from './nats-cluster.ts'
import type { Installation } from './installation.ts'

/** As many pods of a workload as there may ever be: the scaler's most, and what a roll-out adds. */
function podsMax({ find, get }: Installation, { kind, name }: { kind: string; name: string }): number {
  const { spec } = get(kind, name)
  if (kind === 'Job' || kind === 'CronJob') return 1
  const scaledByEvents = find('ScaledObject', name)?.spec.maxReplicaCount
  const most = find('HorizontalPodAutoscaler', name)?.spec.maxReplicas ?? scaledByEvents ?? spec.replicas
  return most + (spec.strategy?.rollingUpdate?.maxSurge ?? 0)
}

const withKeda = '../../test/deploy/fixtures/worker-scaling/production'

describe.skipIf(!kustomize).each([...overlays, withKeda])('in the overlay %s', (overlay) => {
  test('pools times replicas are within what the roles may hold, and the roles within what the server has', async () => {
    const here = await installation(overlay)
    const provision = here.workloads.find(({ name }) => name.startsWith('provision-databases'))!
    const limits = here.environmentOf(provision).variables
    const limitOf = (service: string) => Number(limits[`${service.toUpperCase()}_CONNECTIONS_MAX`])
    for (const service of services) {
      const workload = here.workloads.find(({ name }) => name === service)!
      const pool = Number(here.environmentOf(workload).variables.DATABASE_POOL_SIZE)
      expect(pool * podsMax(here, workload), service).toBeLessThanOrEqual(limitOf(service))
    }
    const cluster = here.find('Cluster', 'postgres')
    const migrators = services.length
    // Reserved for superusers, the operator's own, the administrator's Job, and who dumps.
    const others = 3 + 10 + 1 + 1
    const sum = services.reduce((all, service) => all + limitOf(service), 0) + migrators + others
    if (cluster) expect(sum).toBeLessThanOrEqual(Number(cluster.spec.postgresql.parameters.max_connections))
  })

  test('everything at its most fits into the quota', async () => {
    const here = await installation(overlay)
    const { hard } = here.get('ResourceQuota', 'candor').spec
    const postgres = here.find('Cluster', 'postgres')?.spec
    const all = [
      ...here.workloads.map((workload) => ({
        ...workload.container.resources,
        pods: podsMax(here, workload),
      })),
      ...(postgres ? [{ ...postgres.resources, pods: postgres.instances + 1 }] : []),
    ]
    for (const part of ['requests', 'limits'] as const) {
      for (const resource of ['cpu', 'memory']) {
        const sum = all.reduce((total, one) => total + one.pods * quantity(one[part][resource]), 0)
        expect(sum, `${part}.${resource}`).toBeLessThanOrEqual(quantity(hard[`${part}.${resource}`]))
      }
    }
    expect(all.reduce((total, { pods }) => total + pods, 0)).toBeLessThanOrEqual(Number(hard.pods))
    const templates = here.workloads.map(({ kind, name }) => here.get(kind, name).spec)
    const claims = templates.reduce(
      (total, { replicas, volumeClaimTemplates = [] }) =>
        total + (replicas ?? 1) * volumeClaimTemplates.length,
      // While one of PostgreSQL's is cloned anew; each has data and a log.
      here.ofKind('PersistentVolumeClaim').length + (postgres ? 2 * (postgres.instances + 1) : 0),
    )
    expect(claims).toBeLessThanOrEqual(Number(hard.persistentvolumeclaims))
    // Nothing else is counted out: that would want its sum here.
    expect(Object.keys(hard).toSorted()).toEqual(
      ['requests', 'limits']
        .flatMap((part) => ['cpu', 'memory'].map((resource) => `${part}.${resource}`))
        .concat('pods', 'persistentvolumeclaims')
        .toSorted(),
    )
  })

  test('no container is larger than the namespace lets one be', async () => {
    const here = await installation(overlay)
    const { max, default: limits, defaultRequest } = here.get('LimitRange', 'candor').spec.limits[0]
    for (const [resource, most] of Object.entries<string>(max)) {
      expect(quantity(limits[resource]), resource).toBeLessThanOrEqual(quantity(most))
      expect(quantity(defaultRequest[resource]), resource).toBeLessThanOrEqual(quantity(limits[resource]))
    }
    const all = [
      ...here.workloads.map(({ container }) => container),
      ...here.ofKind('Cluster').map(({ spec }) => spec),
    ]
    for (const { resources } of all)
      for (const [resource, most] of Object.entries<string>(max))
        expect(quantity(resources.limits[resource]), resource).toBeLessThanOrEqual(quantity(most))
  })

  test('the event stream at its fullest fits into what NATS may store, that into its volumes, and the copies into theirs', async () => {
    const here = await installation(overlay)
    const { streams } = JSON.parse(configMap(here, 'nats-streams-')['streams.json']!)
    const fullest = streams.find(({ name }: any) => name === 'EVENTS').max_bytes
    const [, stored] = /max_file_store: (\d+)GB/.exec(configMap(here, 'nats-config-')['nats.conf']!)!
    // The ledger of erasures grows beside it.
    expect(fullest).toBeLessThanOrEqual((Number(stored) * 2 ** 30) / 2)
    expect(Number(stored) * 2 ** 30).toBeLessThan(
      diskOf(here.get('StatefulSet', 'nats').spec.volumeClaimTemplates),
    )
    const copying = here.workloads.find(({ name }) => name === 'nats-snapshot')
    if (!copying) return
    const kept = Number(here.environmentOf(copying).variables.SNAPSHOTS_KEPT)
    const claim = here.get('PersistentVolumeClaim', 'nats-snapshots')
    expect((kept + 1) * fullest).toBeLessThan(diskOf([claim]))
  })
})

test.skipIf(!kustomize)('the guide says what the event stream holds', async () => {
  const { streams } = JSON.parse(
    configMap(await installation('production'), 'nats-streams-')['streams.json']!,
  )
  const fullest = streams.find(({ name }: any) => name === 'EVENTS').max_bytes / 2 ** 30
  const guide = readFileSync(`${rootDir}/docs/operations.md`, 'utf8')
  expect(guide).toContain(`| the event stream, ${fullest} GiB |`)
})

test.skipIf(!kustomize).each(['production', 'self-hosted'])(
  'the guide says what the overlay %s asks for before anybody writes',
  async (overlay) => {
    const here = await installation(overlay)
    const asked = [
      ...here.workloads
        .filter(({ kind }) => !kind.endsWith('Job'))
        .map(({ kind, name, container }) => {
          const { spec } = here.get(kind, name)
          const pods = here.find('HorizontalPodAutoscaler', name)?.spec.minReplicas ?? spec.replicas
          return { pods, ...container.resources.requests, disk: diskOf(spec.volumeClaimTemplates) }
        }),
      ...here.ofKind('Cluster').map(({ spec: { instances, resources, storage, walStorage } }) => {
        const disk = quantity(storage.size) + quantity(walStorage.size)
        return { pods: instances, ...resources.requests, disk }
      }),
    ]
    const sum = (each: (one: any) => number) => asked.reduce((all, one) => all + one.pods * each(one), 0)
    const cores = sum(({ cpu }) => quantity(cpu)).toFixed(2)
    const memory = (sum((one) => quantity(one.memory)) / 2 ** 30).toFixed(1)
    const disk = (sum((one) => one.disk) + diskOf(here.ofKind('PersistentVolumeClaim'))) / 2 ** 30
    const guide = readFileSync(`${rootDir}/docs/operations.md`, 'utf8')
    const row = guide.split('\n').find((line) => line.startsWith(`| \`${overlay}\`, `))
    expect(row).toContain(`| ${cores} | ${memory} GiB | ${disk} GiB |`)
  },
)

function diskOf(claims: any[] = []): number {
  return claims.reduce((all, { spec }) => all + quantity(spec.resources.requests.storage), 0)
}
