import { services } from '@candor/contracts/callers'
import { contractSecrets } from '@candor/deploy/generate/contract-secrets'
import { describe, expect, test } from 'vitest'
import { installation, overlays } from './installation.ts'
import { kustomize } from './render.ts'
import type { Workload } from './installation.ts'

const images = [...services, 'web']

describe.skipIf(!kustomize).each(overlays)('in the overlay %s', (overlay) => {
  test('a service and its migration run its own image, and every Job of ours a program that images have', async () => {
    const { workloads, get } = await installation(overlay)
    for (const image of images) {
      const [main, ...more] = workloads.filter(({ labels }) =>
        [image, `${image}-migrate`].includes(labels['app.kubernetes.io/name']!),
      )
      expect(main!.container.image).toMatch(new RegExp(`/${image}[@:]`))
      expect(main!.container.args, image).toBeUndefined()
      // There is no shell in an image that could wait or ask.
      for (const { container } of [main!, ...more]) {
        expect([container.command, container.lifecycle], image).toEqual([undefined, undefined])
        expect(JSON.stringify(container), image).not.toContain('"exec"')
      }
      for (const migration of more) {
        expect(migration.container.image, migration.name).toBe(main!.container.image)
        expect(migration.container.args, migration.name).toEqual(['migrate.mjs'])
      }
      expect(more.length, image).toBe(image === 'web' ? 0 : 1)
    }
    const { image } = get('Deployment', 'identity').spec.template.spec.containers[0]
    const provisioning = workloads.filter(({ container }) => container.args?.[0] === 'provision.mjs')
    expect(provisioning.map(({ container }) => container.args[1]).toSorted()).toEqual(
      overlay === 'local'
        ? ['databases', 'streams']
        : ['databases', 'restore-streams', 'snapshot-streams', 'streams'],
    )
    for (const { name, container } of provisioning) expect(container.image, name).toBe(image)
  })

  test('a program listens where its ports are declared, and is asked for its health on the port of operations', async () => {
    const { workloads, environmentOf, get } = await installation(overlay)
    for (const service of workloads.filter(({ name }) => images.includes(name))) {
      const { variables } = environmentOf(service)
      const { ports, startupProbe, livenessProbe, readinessProbe } = service.container
      const told = { http: 'HTTP_PORT', operations: 'OPERATIONS_PORT', mail: 'MAIL_PORT' }
      for (const { name, containerPort } of ports)
        expect(String(containerPort), `${service.name} ${name}`).toBe(
          variables[told[name as keyof typeof told]],
        )
      expect([startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet)).toEqual([
        { path: '/healthz', port: 'operations' },
        { path: '/healthz', port: 'operations' },
        { path: '/readyz', port: 'operations' },
      ])
      for (const { name, port, targetPort } of get('Service', service.name).spec.ports) {
        expect(targetPort, service.name).toBe(name)
        expect(port).toBe(ports.find((one: any) => one.name === name).containerPort)
      }
    }
  })

  test("a service's secrets are mounted by nobody else but the Job that makes the databases", async () => {
    const { workloads } = await installation(overlay)
    const taken = workloads.flatMap((workload) =>
      secretsOf(workload).flatMap((name) => {
        const owner = contractSecrets.find((secret) => secret.name === name)?.service
        const label = workload.labels['app.kubernetes.io/name']!
        return owner && ![owner, `${owner}-migrate`, 'provision-databases'].includes(label)
          ? [`${label}: ${name}`]
          : []
      }),
    )
    expect(taken).toEqual([])
  })

  test('the world is led to no port but that of calls', async () => {
    const { ofKind } = await installation(overlay)
    const routes = ofKind('HTTPRoute').flatMap(({ spec }) =>
      spec.rules.flatMap(({ backendRefs }: any) => backendRefs.map(({ port }: any) => port)),
    )
    const entrances = ofKind('Ingress').flatMap(({ spec }) =>
      spec.rules.flatMap(({ http }: any) => http.paths.map(({ backend }: any) => backend.service.port.name)),
    )
    expect(new Set([...routes, ...entrances])).toEqual(new Set([routes.length > 0 ? 8080 : 'http']))
  })
})

/** Of all volumes, whether they are mounted or not. */
function secretsOf({ pod }: Workload): string[] {
  return pod.volumes.flatMap(({ secret, projected }: any) => [
    ...(secret ? [secret.secretName] : []),
    ...(projected?.sources ?? []).flatMap((source: any) => (source.secret ? [source.secret.name] : [])),
  ])
}
