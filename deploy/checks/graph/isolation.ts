import { nameOf, ofCluster, ofKind } from '../manifest.ts'
import type { Pods, Tree } from '../manifest.ts'
import type { Problem } from '../rules/rule.ts'
import { selects } from '../select.ts'

/** Pods that no policy names for both directions by their one name, and namespaces that are open by default. */
export function openPods(tree: Tree): Problem[] {
  const policies = ofKind(tree, 'NetworkPolicy')
  const isClosed = (namespace?: string) =>
    policies.some(
      ({ metadata, spec }) =>
        metadata.namespace === namespace &&
        selects(spec?.podSelector, {}) &&
        !spec?.ingress?.length &&
        !spec?.egress?.length &&
        ['Ingress', 'Egress'].every((direction) => spec?.policyTypes?.includes(direction as 'Ingress')),
    )
  return [
    ...tree.pods
      .filter((pods) => !policies.some((policy) => isOwn(policy, pods)))
      .map(({ object }) => ({
        object: nameOf(object),
        problem: 'no policy of its own says who it talks with',
      })),
    ...[...new Set(tree.workloads.map(({ object }) => object.metadata.namespace))]
      .filter((namespace) => !isClosed(namespace))
      .map((namespace) => ({ object: `Namespace/${namespace}`, problem: 'is not closed by default' })),
  ]
}

function isOwn(
  { metadata, spec }: ReturnType<typeof ofKind<'NetworkPolicy'>>[number],
  { object, labels, ports }: Pods,
): boolean {
  return Boolean(
    metadata.namespace === object.metadata.namespace &&
    // One label, so that no linter and no reader wonders whether it is the pod that is meant.
    Object.keys(spec?.podSelector?.matchLabels ?? {}).join() ===
      (ofCluster in labels ? ofCluster : 'app.kubernetes.io/name') &&
    selects(spec?.podSelector, labels) &&
    ['Ingress', 'Egress'].every((direction) => spec?.policyTypes?.includes(direction as 'Ingress')) &&
    // What has no port listens to nobody.
    (spec?.ingress?.length || ports.length === 0) &&
    spec?.egress?.length,
  )
}
