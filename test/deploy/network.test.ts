import { services } from '@candor/contracts/callers'
import type { ServiceName } from '@candor/contracts/callers'
import { contracts, events } from '@candor/contracts/catalogue'
import { configs } from '@candor/deploy/generate/contract-secrets'
import { natsPermissions } from '@candor/events/nats-permissions'
import { describe, expect, test } from 'vitest'
import { installation, overlays } from './installation.ts'
import { kustomize } from './render.ts'
import { edges } from './network.ts'
import type { Installation } from './installation.ts'
import { readSettings } from './settings.ts'

/** Programs of the platform's own beside the services. */
const migrators = services.map((service) => `${service}-migrate`)

/** Who makes copies, and brings them back; a laptop's cluster has none. */
function copying(overlay: string, ...names: string[]): string[] {
  return overlay === 'local' ? [] : names
}

/** Whether the contracts have a service call, answer, announce or hear anything. */
function isOnTheBroker(service: ServiceName): boolean {
  const rows = Object.values(contracts).flatMap(({ procedures }) => Object.values(procedures))
  const calls = rows.some(({ access }) => access.includes(service))
  const answers = Object.values(contracts[service].procedures).some(({ access }) =>
    [...services, 'operator' as const].some((caller) => access.includes(caller)),
  )
  return (
    calls ||
    answers ||
    events.some(({ source, listeners }) => source === service || listeners.includes(service))
  )
}

const ownName = 'app.kubernetes.io/name'

/** Whom a monitor asks, and how. */
function watched({ workloads }: Installation, { selector, podMetricsEndpoints }: any) {
  const chosen = workloads.filter(({ labels }) =>
    Object.entries(selector.matchLabels).every(([label, value]) => labels[label] === value),
  )
  if (chosen.length === 0) throw new Error('a monitor that asks nobody')
  return chosen.flatMap((workload) => podMetricsEndpoints.map((endpoint: any) => ({ workload, endpoint })))
}

function ends(all: string[], pattern: RegExp): string[] {
  return all.filter((edge) => pattern.test(edge)).map((edge) => edge.split(' -> ')[0]!)
}

describe.skipIf(!kustomize).each(overlays)('in the overlay %s', (overlay) => {
  test('NATS is reached by those whom the contracts let speak, and by who makes the streams or copies of them', async () => {
    const all = edges(await installation(overlay))
    expect(ends(all, /-> nats:4222$/)).toEqual(
      [
        ...services.filter(isOnTheBroker),
        'provision-streams',
        ...copying(overlay, 'nats-snapshot', 'restore-streams'),
      ].toSorted(),
    )
    expect(ends(all, /-> nats:6222$/)).toEqual(['nats'])
    const speaking = services.filter((service) => natsPermissions(service).publish.length > 0)
    expect(services.filter(isOnTheBroker)).toEqual(speaking)
  })

  test('services call each other over NATS: from pod to pod goes the one call that a page server makes', async () => {
    const all = edges(await installation(overlay))
    const pods = [...services, 'web']
    const between = all.filter((edge) => {
      const [from, to] = edge.split(' -> ') as [string, string]
      return pods.includes(from) && pods.includes(to.split(':')[0]!)
    })
    expect(between).toEqual(['web -> privacy:8080'])
    expect(contracts.privacy.procedures.getConsentPrompt?.access).toContain('anyone')
    const { environmentOf, workloads } = await installation(overlay)
    const { variables } = environmentOf(workloads.find(({ name }) => name === 'web')!)
    expect(variables.PRIVACY_URL).toBe('http://privacy:8080')
  })

  test('PostgreSQL is reached by who has a database, a schema to bring up to date, or all to make or dump', async () => {
    const all = edges(await installation(overlay))
    const { DATABASE_CIDR = '' } = readSettings(overlay)
    const there = overlay === 'self-hosted' ? `-> ${DATABASE_CIDR}:5432` : '-> postgres:5432'
    const reaching = all.filter((edge) => edge.endsWith(there)).map((edge) => edge.split(' -> ')[0]!)
    expect(reaching.filter((name) => !/^(postgres|namespace )/.test(name))).toEqual(
      [...services, ...migrators, 'provision-databases', ...copying(overlay, 'backup')].toSorted(),
    )
  })

  test('an instance of PostgreSQL reaches the others and what they say of themselves, as does the Job that clones one', async () => {
    const all = edges(await installation(overlay))
    const among = all.filter((edge) => /^postgres.* -> postgres:/.test(edge))
    const both = (name: string) => [5432, 8000].map((port) => `${name} -> postgres:${port}`)
    expect(among).toEqual(
      overlay === 'self-hosted' ? [] : [...both('postgres'), ...both('postgres-join')].toSorted(),
    )
  })

  test('nobody goes out but to the recipients that are declared, each by those whose configuration names it', async () => {
    const all = edges(await installation(overlay))
    const outside = all.filter((edge) => /-> [\d.]+\/\d+:/.test(edge))
    const { MAIL_SERVER_CIDR, PAYMENT_PROVIDER_CIDR, DATABASE_CIDR, KUBERNETES_API_CIDR } =
      readSettings(overlay)
    const naming = (variable: string) => services.filter((service) => variable in configs[service].shape)
    const declared = [
      ...(MAIL_SERVER_CIDR
        ? naming('SMTP_URL').flatMap((name) =>
            [465, 587].map((port) => `${name} -> ${MAIL_SERVER_CIDR}:${port}`),
          )
        : []),
      ...(PAYMENT_PROVIDER_CIDR
        ? naming('PAYMENT_API_URL').map((name) => `${name} -> ${PAYMENT_PROVIDER_CIDR}:443`)
        : []),
      ...(DATABASE_CIDR
        ? [...services, ...migrators, 'provision-databases', 'backup'].map(
            (name) => `${name} -> ${DATABASE_CIDR}:5432`,
          )
        : []),
      ...(KUBERNETES_API_CIDR
        ? ['postgres', 'postgres-join'].flatMap((name) =>
            [443, 6443].map((port) => `${name} -> ${KUBERNETES_API_CIDR}:${port}`),
          )
        : []),
    ]
    expect(outside).toEqual(declared.toSorted())
    expect(outside.join()).not.toContain('192.0.2.0/32')
    const names = ['kube-system']
    const rooms = all
      .filter((edge) => edge.includes('-> namespace'))
      .map((edge) => edge.split('namespace ')[1]!)
    expect(rooms.filter((room) => !names.some((name) => room.startsWith(`${name}:53`)))).toEqual([])
  })

  test('everybody may ask for names where the cluster answers', async () => {
    const here = await installation(overlay)
    const asking = here.ofKind('NetworkPolicy').filter(({ spec }) => spec.podSelector.matchLabels?.[ownName])
    expect(asking.length).toBeGreaterThan(services.length)
    for (const { metadata, spec } of asking)
      expect(spec.egress, metadata.name).toContainEqual({
        to: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
            podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
          },
        ],
        ports: [
          { port: 53, protocol: 'UDP' },
          { port: 53, protocol: 'TCP' },
        ],
      })
  })

  test('figures are asked for at a port that monitoring is let in by', async () => {
    const here = await installation(overlay)
    const all = edges(here)
    for (const { spec } of here.ofKind('PodMonitor'))
      for (const { workload, endpoint } of watched(here, spec)) {
        const { containerPort } = workload.container.ports.find(({ name }: any) => name === endpoint.port)
        expect(all).toContain(`namespace candor/monitoring -> ${workload.name}:${containerPort}`)
        expect(endpoint.path, workload.name).toBe('/metrics')
      }
  })

  test('what comes in from other rooms: calls from the gateway, figures for monitoring, mail from its relay', async () => {
    const all = edges(await installation(overlay))
    const into = all.filter((edge) => edge.startsWith('namespace'))
    const pods = [...services, 'web']
    const wanted = [
      ...pods.map((name) => `namespace candor/gateway -> ${name}:8080`),
      ...pods.map((name) => `namespace candor/monitoring -> ${name}:9090`),
      'namespace candor/monitoring -> nats:8222',
      'namespace candor/mail-relay -> chat:2525',
      ...(overlay === 'self-hosted'
        ? []
        : [
            'namespace candor/monitoring -> postgres:9187',
            ...[5432, 8000].map((port) => `namespace cnpg-system -> postgres:${port}`),
          ]),
    ]
    expect(into).toEqual(wanted.toSorted())
  })
})
