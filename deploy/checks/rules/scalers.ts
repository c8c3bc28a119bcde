import { nameOf, ofKind } from '../manifest.ts'
import type { Manifest, Tree } from '../manifest.ts'
import { findNamed } from '../select.ts'

/** What counts the pods of something: a HorizontalPodAutoscaler, or a ScaledObject that makes one. */
export function readScalers(tree: Tree): Scaler[] {
  return [
    ...ofKind(tree, 'HorizontalPodAutoscaler').map((object) => ({
      object,
      target: findTarget(tree, object, object.spec!.scaleTargetRef),
      min: object.spec!.minReplicas ?? 1,
      max: object.spec!.maxReplicas,
    })),
    ...ofKind(tree, 'ScaledObject').map((object) => ({
      object,
      target: findTarget(tree, object, object.spec.scaleTargetRef),
      min: object.spec.minReplicaCount ?? 0,
      max: object.spec.maxReplicaCount ?? 100,
    })),
  ]
}

/** The most pods that run at once, and the least. */
export function replicasOf(tree: Tree, object: Manifest & { spec?: { replicas?: number } }): Range {
  const scaler = readScalers(tree).find(({ target }) => target === object)
  const fixed = object.spec?.replicas ?? 1
  return { min: scaler?.min ?? fixed, max: scaler?.max ?? fixed, scaler: scaler && nameOf(scaler.object) }
}

function findTarget(
  tree: Tree,
  from: Manifest,
  { kind = 'Deployment', apiVersion = 'apps/v1', name }: { kind?: string; apiVersion?: string; name: string },
): Manifest | undefined {
  const found = findNamed(tree, from, kind, name)
  return found?.apiVersion === apiVersion ? found : undefined
}

export interface Scaler {
  readonly object: Manifest
  readonly target: Manifest | undefined
  readonly min: number
  readonly max: number
}

interface Range {
  readonly min: number
  readonly max: number
  readonly scaler: string | undefined
}
