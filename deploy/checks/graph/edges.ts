import type { INetworkPolicyPeer } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicyPeer'
import type { INetworkPolicyPort } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicyPort'
import { nameOf, ofKind } from '../manifest.ts'
import type { Pods, Tree } from '../manifest.ts'
import type { Problem } from '../rules/rule.ts'
import { selectedBy, selects } from '../select.ts'
import { listens } from './ports.ts'

/** Ways out of a pod that end at another one's closed door, or at none. */
export function closedEdges(tree: Tree): Problem[] {
  return ofKind(tree, 'NetworkPolicy').flatMap((policy) => {
    const senders = selectedBy(tree, policy, policy.spec?.podSelector)
    return (policy.spec?.egress ?? []).flatMap(({ to = [], ports = [] }) =>
      to.filter(isInside).flatMap((peer) => {
        const receivers = selectedBy(tree, policy, peer.podSelector).filter(isListening)
        const label = JSON.stringify(peer.podSelector?.matchLabels ?? {})
        const problems =
          receivers.length === 0
            ? [`a way out to ${label} leads to no pod`]
            : senders.flatMap((sender) =>
                receivers
                  .filter((receiver) => !ports.every((port) => admits(tree, sender, receiver, port)))
                  .map(({ object }) => `${nameOf(sender.object)} is not let in by ${nameOf(object)}`),
              )
        return problems.map((problem) => ({ object: nameOf(policy), problem }))
      }),
    )
  })
}

function isListening({ ports }: Pods): boolean {
  return ports.length > 0
}

/** A pod of the same namespace; others are the platform's. */
function isInside({ podSelector, namespaceSelector, ipBlock }: INetworkPolicyPeer): boolean {
  return Boolean(podSelector) && !namespaceSelector && !ipBlock
}

function admits(tree: Tree, sender: Pods, receiver: Pods, { port }: INetworkPolicyPort): boolean {
  const wanted = port ?? 0
  return (
    listens(receiver, wanted) &&
    ofKind(tree, 'NetworkPolicy')
      .filter(
        ({ metadata, spec }) =>
          metadata.namespace === receiver.object.metadata.namespace &&
          selects(spec?.podSelector, receiver.labels),
      )
      .some(({ spec }) =>
        (spec?.ingress ?? []).some(
          ({ from = [], ports = [] }) =>
            from.some((peer) => isInside(peer) && selects(peer.podSelector, sender.labels)) &&
            (ports.length === 0 || ports.some((open) => isSamePort(receiver, open.port, wanted))),
        ),
      )
  )
}

/** One side may name a port and the other number it. */
function isSamePort({ ports }: Pods, one: number | string = '', other: number | string): boolean {
  return (
    one === other ||
    ports.some(({ name, containerPort }) =>
      [one, other].every((port) => port === name || port === containerPort),
    )
  )
}
