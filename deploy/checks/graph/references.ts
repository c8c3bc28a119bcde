import type { IContainer } from 'kubernetes-models/v1/Container'
import type { IVolume } from 'kubernetes-models/v1/Volume'
import { clusters, nameOf } from '../manifest.ts'
import type { Manifest, Tree, Workload } from '../manifest.ts'
import { readScalers } from '../rules/scalers.ts'
import type { Problem } from '../rules/rule.ts'
import { findNamed } from '../select.ts'
import { isPromised } from './contract-secrets.ts'

/** Names that lead to nothing: accounts, settings, secrets, volumes, targets. */
export function danglingReferences(tree: Tree): Problem[] {
  return [
    ...tree.workloads.flatMap((workload) =>
      [
        ...referencesOf(workload)
          .filter((reference) => !leads(tree, workload.object, reference))
          .map(tell),
        ...volumeFaults(workload),
        ...repeatedNames(workload),
      ].map((problem) => ({ object: nameOf(workload.object), problem })),
    ),
    ...clusters(tree)
      .filter(({ spec }) => spec.enableSuperuserAccess)
      .filter((cluster) => !isPromised(tree, cluster, cluster.spec.superuserSecret?.name, 'password'))
      .map((cluster) => ({ object: nameOf(cluster), problem: 'nobody makes the password of its superuser' })),
    ...readScalers(tree)
      .filter(({ target }) => !target)
      .map(({ object }) => ({ object: nameOf(object), problem: 'scales nothing' })),
    ...readScalers(tree)
      .filter(({ object, target }) => target && target.metadata.name !== object.metadata.name)
      .map(({ object, target }) => ({ object: nameOf(object), problem: `scales ${nameOf(target!)}` })),
  ]
}

function referencesOf({ pod, containers }: Workload): Reference[] {
  return [
    { kind: 'ServiceAccount', name: pod.serviceAccountName },
    ...(pod.volumes ?? []).flatMap(referencesOfVolume),
    ...containers.flatMap(({ env = [], envFrom = [] }) => [
      ...envFrom.flatMap(({ configMapRef, secretRef }) => [
        ...(configMapRef ? [{ kind: 'ConfigMap', name: configMapRef.name }] : []),
        ...(secretRef ? [{ kind: 'Secret', name: secretRef.name }] : []),
      ]),
      ...env.flatMap(({ valueFrom }) => [
        ...(valueFrom?.configMapKeyRef ? [{ kind: 'ConfigMap', ...valueFrom.configMapKeyRef }] : []),
        ...(valueFrom?.secretKeyRef ? [{ kind: 'Secret', ...valueFrom.secretKeyRef }] : []),
      ]),
    ]),
  ]
}

function referencesOfVolume({ configMap, secret, projected, persistentVolumeClaim }: IVolume): Reference[] {
  const parts = [
    {
      configMap,
      secret: secret && { name: secret.secretName, items: secret.items, optional: secret.optional },
    },
    ...(projected?.sources ?? []),
  ]
  return [
    ...(persistentVolumeClaim
      ? [{ kind: 'PersistentVolumeClaim', name: persistentVolumeClaim.claimName }]
      : []),
    ...parts.flatMap((part) => [
      ...(part.configMap && !part.configMap.optional ? withKeys('ConfigMap', part.configMap) : []),
      ...(part.secret && !part.secret.optional ? withKeys('Secret', part.secret) : []),
    ]),
  ]
}

function withKeys(kind: string, { name, items }: { name?: string; items?: { key: string }[] }): Reference[] {
  return items ? items.map(({ key }) => ({ kind, name, key })) : [{ kind, name }]
}

function leads(tree: Tree, from: Manifest, { kind, name, key }: Reference): boolean {
  const found = findNamed(tree, from, kind, name) as (Manifest & Keyed) | undefined
  if (!found) return kind === 'Secret' && isPromised(tree, from, name, key)
  return key === undefined || key in { ...found.data, ...found.binaryData, ...found.stringData }
}

function tell({ kind, name, key }: Reference): string {
  return `${kind} ${name}${key ? ` (key ${key})` : ''} is not there`
}

/** Mounts of volumes that the pod has not, and volumes that nothing mounts. */
function volumeFaults({ object, pod, containers }: Workload): string[] {
  const volumes = [...(pod.volumes ?? []).map(({ name }) => name), ...ofClaims(object)]
  const mounted = containers.flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name))
  return [
    ...mounted
      .filter((name) => !volumes.includes(name))
      .map((name) => `mounts volume ${name}, which it has not`),
    ...volumes
      .filter((name) => !mounted.includes(name))
      .map((name) => `has volume ${name}, which nothing mounts`),
  ]
}

function ofClaims(object: Manifest): string[] {
  const { spec } = object as Manifest & {
    spec: { volumeClaimTemplates?: { metadata?: { name?: string } }[] }
  }
  return (spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata?.name ?? '')
}

/** Variables, ports and mounts that stand twice: the last one wins without a word. */
function repeatedNames({ containers }: Workload): string[] {
  return containers.flatMap((container: IContainer) =>
    [
      ...(container.env ?? []).map(({ name }) => `variable ${name}`),
      ...(container.ports ?? []).map(({ name }) => `port ${name}`),
      ...(container.volumeMounts ?? []).map(({ mountPath }) => `mount ${mountPath}`),
    ]
      .filter((name, place, all) => all.indexOf(name) !== place)
      .map((name) => `container ${container.name}: ${name} stands twice`),
  )
}

interface Reference {
  readonly kind: string
  readonly name?: string | undefined
  readonly key?: string
}

interface Keyed {
  data?: object
  binaryData?: object
  stringData?: object
}
