import type { Installation } from './installation.ts'

/**
 * Who may talk to whom by the network policies of an installation, as `from -> to:port`: what one side lets out and the
 * other side lets in. Pods are named by their label, namespaces as `namespace name`, addresses outside as they are.
 */
export function edges(installation: Installation): string[] {
  const policies = installation.ofKind('NetworkPolicy')
  const pods = podsOf(installation)
  const inside = pods.flatMap((from) =>
    pods.flatMap((to) =>
      to.ports
        .filter(({ number }) => isLetOut(policies, from, to, number) && isLetIn(policies, from, to, number))
        .map(({ number }) => `${from.name} -> ${to.name}:${number}`),
    ),
  )
  const out = pods.flatMap((from) =>
    rulesOf(policies, from, 'egress').flatMap(({ to = [], ports = [] }) =>
      to
        .filter((peer: any) => peer.ipBlock || peer.namespaceSelector)
        .flatMap((peer: any) =>
          ports.map(
            ({ port, protocol }: any) =>
              `${from.name} -> ${peer.ipBlock?.cidr ?? namespaceName(peer)}:${port}${by(protocol)}`,
          ),
        ),
    ),
  )
  const listening = pods.filter(({ ports }) => ports.length > 0)
  const into = listening.flatMap((to) =>
    rulesOf(policies, to, 'ingress').flatMap(({ from = [], ports = [] }) =>
      from
        .filter((peer: any) => peer.namespaceSelector)
        .flatMap((peer: any) =>
          ports.map(
            ({ port, protocol }: any) =>
              `${namespaceName(peer)} -> ${to.name}:${numberOf(to, port)}${by(protocol)}`,
          ),
        ),
    ),
  )
  return [...new Set([...inside, ...out, ...into])].toSorted()
}

function podsOf({ workloads, find }: Installation): Pod[] {
  const pods = workloads.map(({ labels, container }) => ({
    name: labels['app.kubernetes.io/name']!,
    labels,
    ports: (container.ports ?? []).map((port: any) => ({ name: port.name, number: port.containerPort })),
  }))
  const cluster = find('Cluster', 'postgres')
  if (!cluster) return pods
  // As CloudNativePG labels its pods; those of its Jobs inherit nothing.
  const labels = { 'cnpg.io/cluster': 'postgres' }
  return [
    ...pods,
    {
      name: 'postgres',
      labels: { ...cluster.spec.inheritedMetadata.labels, ...labels },
      ports: [{ number: 5432 }, { number: 8000 }, { number: 9187 }],
    },
    { name: 'postgres-join', labels: { ...labels, 'cnpg.io/jobRole': 'join' }, ports: [] },
  ]
}

function isLetOut(policies: any[], from: Pod, to: Pod, number: number): boolean {
  return rulesOf(policies, from, 'egress').some(
    (rule) => isPeer(rule.to, to) && rule.ports.some((port: any) => isPort(to, port, number)),
  )
}

function isLetIn(policies: any[], from: Pod, to: Pod, number: number): boolean {
  return rulesOf(policies, to, 'ingress').some(
    (rule) => isPeer(rule.from, from) && rule.ports.some((port: any) => isPort(to, port, number)),
  )
}

/** Pods speak TCP with each other. */
function isPort(to: Pod, { port, protocol }: any, number: number): boolean {
  return by(protocol) === '' && numberOf(to, port) === number
}

function by(protocol = 'TCP'): string {
  return protocol === 'TCP' ? '' : ` by ${protocol}`
}

function rulesOf(policies: any[], pod: Pod, direction: 'ingress' | 'egress'): any[] {
  return policies
    .filter(({ spec }) => selects(spec.podSelector, pod.labels))
    .flatMap(({ spec }) => spec[direction] ?? [])
}

function isPeer(peers: any[], pod: Pod): boolean {
  return peers.some(
    ({ podSelector, namespaceSelector, ipBlock }) =>
      podSelector && !namespaceSelector && !ipBlock && selects(podSelector, pod.labels),
  )
}

function selects({ matchLabels = {}, ...more }: any, labels: Record<string, string>): boolean {
  if (Object.keys(more).length > 0) throw new Error('a selector that this reader does not know')
  return Object.entries(matchLabels).every(([name, value]) => labels[name] === value)
}

function numberOf(pod: Pod, port: string | number): number {
  if (typeof port === 'number') return port
  const found = pod.ports.find(({ name }) => name === port)
  if (!found) throw new Error(`${pod.name} has no port ${port}`)
  return found.number
}

/** By its name, or by the label that the platform gives it. */
function namespaceName({ namespaceSelector }: any): string {
  const [[label, value], ...more] = Object.entries(namespaceSelector.matchLabels) as [[string, string]]
  if (more.length > 0) throw new Error('a selector that this reader does not know')
  return `namespace ${value === 'yes' ? label : value}`
}

interface Pod {
  readonly name: string
  readonly labels: Record<string, string>
  readonly ports: { readonly name?: string; readonly number: number }[]
}
