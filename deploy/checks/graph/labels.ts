import { nameOf } from '../manifest.ts'
import type { Manifest, Tree } from '../manifest.ts'
import type { Problem } from '../rules/rule.ts'

/** Names and labels that the API server would refuse though their schemas let them pass, and names that stand twice. */
export function faultyNames(tree: Tree): Problem[] {
  const keys = tree.objects.map(({ apiVersion, kind, metadata }) =>
    [apiVersion.replace(/\/.*/, ''), kind, metadata.namespace, metadata.name].join(' '),
  )
  return tree.objects.flatMap((object, place) => [
    ...Object.entries(object.metadata.labels ?? {})
      .filter(([label, value]) => !isLabel(label) || !isLabelValue(value))
      .map(([label, value]) => ({ object: nameOf(object), problem: `label ${label}: ${value}` })),
    ...(isName(object) ? [] : [{ object: nameOf(object), problem: 'is no name' }]),
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

/** RFC 1123; a scheduled job leaves room for what its jobs are named besides, and a Service is a label of the DNS. */
function isName({ kind, metadata: { name } }: Manifest): boolean {
  if (kind === 'Service') return /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)
  const lengthMax = kind === 'CronJob' ? 52 : kind === 'Job' ? 63 : 253
  return name.length <= lengthMax && /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name)
}

function isLabel(label: string): boolean {
  const [name, prefix] = label.split('/').toReversed()
  return isLabelValue(name!) && name !== '' && (prefix === undefined || /^[a-z0-9.-]{1,253}$/.test(prefix))
}

function isLabelValue(value: string): boolean {
  return /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/.test(value)
}
