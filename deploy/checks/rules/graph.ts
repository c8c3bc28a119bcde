import { isIP } from 'node:net'
import type { INetworkPolicyPeer } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicyPeer'
import type { INetworkPolicyPort } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicyPort'
import { overbooked } from '../graph/capacity.ts'
import { danglingPorts } from '../graph/ports.ts'
import { missingPaths } from '../graph/paths.ts'
import { danglingReferences } from '../graph/references.ts'
import { danglingSelectors } from '../graph/selectors.ts'
import { brokenEntrances } from '../graph/entrances.ts'
import { closedEdges } from '../graph/edges.ts'
import { openPods } from '../graph/isolation.ts'
import { faultyNames, mislabelled } from '../graph/labels.ts'
import { ofKind } from '../manifest.ts'
import { eachLasting, eachObject } from './rule.ts'
import type { Rule } from './rule.ts'

/** How objects hang together. */
export const graphRules: Rule[] = [
  {
    id: 35,
    says: 'every selector, reference and port leads somewhere',
    check: (tree) =>
      [
        danglingSelectors,
        danglingReferences,
        danglingPorts,
        closedEdges,
        brokenEntrances,
        faultyNames,
      ].flatMap((find) => find(tree)),
  },
  {
    id: 36,
    says: 'each pod has a policy of its own for both directions, and the namespace is closed besides',
    check: openPods,
  },
  {
    id: 37,
    says: 'a controller is labelled as the instance of its name',
    check: eachLasting(
      ({ object: { metadata } }) => metadata.labels?.['app.kubernetes.io/instance'] === metadata.name,
    ),
  },
  {
    id: 38,
    says: 'services are reached inside the cluster only; a gateway stands before them',
    check: eachObject(
      (tree) => ofKind(tree, 'Service'),
      ({ spec }) => [undefined, 'ClusterIP'].includes(spec?.type),
    ),
  },
  {
    id: 39,
    says: 'every way in from outside is encrypted, is used by its own namespace, and carries no raw configuration',
    check: (tree) => [
      ...eachObject(
        (all) => ofKind(all, 'Gateway'),
        ({ spec }) =>
          spec.listeners
            .filter(
              ({ protocol, port, tls, allowedRoutes }) =>
                protocol !== 'HTTPS' ||
                port !== 443 ||
                (tls?.mode ?? 'Terminate') !== 'Terminate' ||
                !tls?.certificateRefs?.length ||
                (allowedRoutes?.namespaces?.from ?? 'Same') !== 'Same',
            )
            .map(({ name }) => `listener ${name}`),
      )(tree),
      ...eachObject(
        (all) => ofKind(all, 'Ingress'),
        ({ metadata, spec }) => [
          ...(spec?.rules ?? [])
            .filter(({ host = '' }) => !spec?.tls?.some(({ hosts }) => hosts?.includes(host)))
            .map(({ host }) => `host ${host}`),
          ...Object.keys(metadata?.annotations ?? {}).filter((key) => key.includes('snippet')),
        ],
      )(tree),
    ],
  },
  {
    id: 40,
    says: 'a controller names its owner and whom to write to',
    check: eachLasting(
      ({ object: { metadata } }) =>
        Boolean(metadata.annotations?.['candor/owner']) &&
        /^\S+@\S+$/.test(metadata.annotations?.['candor/contact'] ?? ''),
    ),
  },
  {
    id: 41,
    says: 'connections add up: pools of all pods within the limit of the role, all limits within the server',
    check: overbooked,
  },
  {
    id: 45,
    says: 'a way through a policy names whom it is for, and the port',
    check: eachObject(
      (tree) => ofKind(tree, 'NetworkPolicy'),
      ({ spec }) => [
        ...(spec?.ingress ?? []).filter(({ from, ports }) => !isNarrow(from, ports)).map(() => 'in'),
        ...(spec?.egress ?? []).filter(({ to, ports }) => !isNarrow(to, ports)).map(() => 'out'),
      ],
    ),
  },
  {
    id: 42,
    says: "a service's label picks exactly its objects",
    check: mislabelled,
  },
  {
    id: 47,
    says: 'a path that a program is told of is mounted, and a file of a secret or a ConfigMap is in it',
    check: missingPaths,
  },
]

function isNetwork(cidr: string): boolean {
  const [address = '', bits = ''] = cidr.split('/')
  const bitsMax = isIP(address) === 4 ? 32 : 128
  return isIP(address) > 0 && /^\d+$/.test(bits) && Number(bits) >= 8 && Number(bits) <= bitsMax
}

/** For somebody: not for all pods, all namespaces or the whole of the internet, nor by a range of ports. */
function isNarrow(peers: INetworkPolicyPeer[] = [], ports: INetworkPolicyPort[] = []): boolean {
  return (
    peers.length > 0 &&
    ports.length > 0 &&
    ports.every(({ port, endPort }) => port !== undefined && endPort === undefined) &&
    peers.every(({ podSelector, namespaceSelector, ipBlock }) =>
      ipBlock
        ? isNetwork(ipBlock.cidr)
        : [podSelector, namespaceSelector].some(
            (selector) => Object.keys(selector?.matchLabels ?? {}).length > 0,
          ),
    )
  )
}
