import { nameOf } from '../manifest.ts'
import type { Tree } from '../manifest.ts'
import type { Problem } from '../rules/rule.ts'

/** Labels that the API server would refuse, and names that stand twice. */
export function faultyNames(tree: Tree): Problem[] {
  const keys = tree.objects.map(({ apiVersion, kind, metadata }) =>
    [apiVersion.replace(/\/.*/, ''), kind, metadata.namespace, metadata.name].join(' '),
  )
  return tree.objects.flatMap((object, place) => [
    ...Object.entries(object.metadata.labels ?? {})
      .filter(([label, value]) => !isLabel(label) || !isLabelValue(value))
      .map(([label, value]) => ({ object: nameOf(object), problem: `label ${label}: ${value}` })),
    ...(keys.indexOf(keys[place]!) === place ? [] : [{ object: nameOf(object), problem: 'stands twice' }]),
  ])
}

/**
 * `-l app.kubernetes.io/name=<service>` must pick exactly a service's objects: those that bear its name, alone or with
 * something after it.
 */
export function mislabelled(tree: Tree): Problem[] {
  const services = new Set(
    tree.objects.filter(({ kind }) => kind === 'Deployment').map(({ metadata }) => metadata.name),
  )
  return tree.objects.flatMap((object) => {
    const { name, labels = {} } = object.metadata
    const owner = [...services]
      .filter((service) => name === service || name.startsWith(`${service}-`))
      .toSorted((one, other) => other.length - one.length)[0]
    const label = labels['app.kubernetes.io/name'] ?? ''
    if (owner === label || (owner === undefined && !services.has(label))) return []
    return [
      {
        object: nameOf(object),
        problem: `is labelled ${label || 'with no name'}, not ${owner ?? 'its own'}`,
      },
    ]
  })
}

function isLabel(label: string): boolean {
  const [name, prefix] = label.split('/').toReversed()
  return isLabelValue(name!) && name !== '' && (prefix === undefined || /^[a-z0-9.-]{1,253}$/.test(prefix))
}

function isLabelValue(value: string): boolean {
  return /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/.test(value)
}
