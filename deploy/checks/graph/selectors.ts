import { nameOf, ofKind } from '../manifest.ts'
import type { Manifest, Tree } from '../manifest.ts'
import type { Problem } from '../rules/rule.ts'
import { selectedBy, selects } from '../select.ts'
import type { Selector } from '../select.ts'

/** Selectors that choose nothing or somebody else's pods, and those of controllers that do not choose their own. */
export function danglingSelectors(tree: Tree): Problem[] {
  const choosers: Chooser[] = [
    ...ofKind(tree, 'Service')
      .filter(({ spec }) => spec?.type !== 'ExternalName')
      .map((object) => ({ object, selector: { matchLabels: object.spec?.selector ?? {} } })),
    ...ofKind(tree, 'PodDisruptionBudget').map((object) => ({ object, selector: object.spec?.selector })),
    ...ofKind(tree, 'NetworkPolicy').map((object) => ({ object, selector: object.spec?.podSelector })),
    ...ofKind(tree, 'PodMonitor').map((object) => ({ object, selector: object.spec.selector })),
  ]
  return [
    ...choosers
      .filter(({ object, selector }) => selectedBy(tree, object, selector).length === 0)
      .map(({ object }) => ({ object: nameOf(object), problem: 'selects no pod' })),
    ...choosers
      .filter(({ object }) => ['Service', 'PodDisruptionBudget'].includes(object.kind))
      .flatMap(({ object, selector }) =>
        selectedBy(tree, object, selector)
          .filter(({ labels }) => labels[nameLabel] !== object.metadata.labels?.[nameLabel])
          .map((pods) => ({ object: nameOf(object), problem: `selects pods of ${nameOf(pods.object)}` })),
      ),
    ...ofKind(tree, 'ServiceMonitor')
      .filter((monitor) => servicesOf(tree, monitor).length === 0)
      .map((object) => ({ object: nameOf(object), problem: 'selects no service' })),
    ...[...ofKind(tree, 'Deployment'), ...ofKind(tree, 'StatefulSet')]
      .filter(({ spec }) => !selects(spec?.selector, spec?.template.metadata?.labels))
      .map((object) => ({ object: nameOf(object), problem: 'does not select the pods it makes' })),
  ]
}

const nameLabel = 'app.kubernetes.io/name'

/** The services that a monitor in their namespace selects. */
export function servicesOf(tree: Tree, monitor: Manifest & { spec: { selector: Selector } }) {
  return ofKind(tree, 'Service').filter(
    ({ metadata }) =>
      metadata.namespace === monitor.metadata.namespace && selects(monitor.spec.selector, metadata.labels),
  )
}

interface Chooser {
  readonly object: Manifest
  readonly selector: Selector | undefined
}
