import { services } from '@candor/contracts/callers'
import { describe, expect, test } from 'vitest'
import { installation, overlays } from './installation.ts'
import { kustomize } from './render.ts'
import type { Installation } from './installation.ts'

/** As many pods of a workload as there may ever be: the scaler's most, and what a roll-out adds. */
function podsMax({ find, get }: Installation, { kind, name }: { kind: string; name: string }): number {
  const { spec } = get(kind, name)
  if (kind === 'Job') return 1
  const most = find('HorizontalPodAutoscaler', name)?.spec.maxReplicas ?? spec.replicas
  return most + (spec.strategy?.rollingUpdate?.maxSurge ?? 0)
}

describe.skipIf(!kustomize).each(overlays)('in the overlay %s', (overlay) => {
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
    // Reserved for superusers, the operator's own, and the administrator's Job.
    const others = 3 + 10 + 1
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
  })
})

function quantity(text: string): number {
  const [, number, unit = ''] = /^([\d.]+)(m|Mi|Gi)?$/.exec(text) ?? []
  return Number(number) * { '': 1, m: 0.001, Mi: 2 ** 20, Gi: 2 ** 30 }[unit]!
}
