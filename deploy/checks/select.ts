import type { IContainer } from 'kubernetes-models/v1/Container'
import type { Manifest, Pods, Tree, Workload } from './manifest.ts'

/** Whether labels are chosen by a selector; an empty selector chooses all. */
export function selects(selector: Selector | undefined, labels: Record<string, string> = {}): boolean {
  const wanted = Object.entries(selector?.matchLabels ?? {})
  const expressions = selector?.matchExpressions ?? []
  return (
    wanted.every(([label, value]) => labels[label] === value) &&
    expressions.every(({ key, operator, values = [] }) => {
      if (operator === 'Exists') return key in labels
      if (operator === 'DoesNotExist') return !(key in labels)
      return values.includes(labels[key] ?? '') === (operator === 'In')
    })
  )
}

/** The pods that a selector in `from`'s namespace chooses. */
export function selectedBy(tree: Tree, from: Manifest, selector: Selector | undefined): Pods[] {
  return tree.pods.filter(
    ({ object, labels }) =>
      object.metadata.namespace === from.metadata.namespace && selects(selector, labels),
  )
}

/** The object that a name in `from`'s namespace stands for. */
export function findNamed(tree: Tree, from: Manifest, kind: string, name?: string): Manifest | undefined {
  return tree.objects.find(
    (object) =>
      object.kind === kind &&
      object.metadata.name === name &&
      object.metadata.namespace === from.metadata.namespace,
  )
}

/** A variable that containers are given from a ConfigMap or as it stands. */
export function findVariable(tree: Tree, { object, containers }: Workload, name: string): string | undefined {
  const given = containers.flatMap((container) => variablesOf(tree, object, container))
  return given.find(([key]) => key === name)?.[1]
}

/** All of a container's variables but those from secrets and fields. */
export function variablesOf(
  tree: Tree,
  from: Manifest,
  container: IContainer,
): [name: string, value: string][] {
  const { env = [], envFrom = [] } = container
  return [
    ...envFrom.flatMap(({ configMapRef }) => {
      const found = findNamed(tree, from, 'ConfigMap', configMapRef?.name)
      return Object.entries((found as { data?: Record<string, string> } | undefined)?.data ?? {})
    }),
    ...env.flatMap(({ name, value }): [string, string][] => (value === undefined ? [] : [[name, value]])),
  ]
}

export interface Selector {
  readonly matchLabels?: Record<string, string>
  readonly matchExpressions?: readonly {
    readonly key: string
    readonly operator: string
    readonly values?: readonly string[]
  }[]
}
