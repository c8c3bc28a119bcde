import { eachContainer, eachWorkload } from './rule.ts'
import type { Rule } from './rule.ts'

/** How much a pod may take. */
export const resourceRules: Rule[] = [
  {
    id: 22,
    says: 'processor and memory are asked for and limited, in quantities that Kubernetes reads, no more than the limit',
    check: eachContainer(({ resources }) =>
      ['cpu', 'memory'].every((name) => {
        const [request, limit] = [resources?.requests?.[name], resources?.limits?.[name]]
        return isQuantity(request) && isQuantity(limit) && sizeOf(request) <= sizeOf(limit)
      }),
    ),
  },
  {
    id: 23,
    says: 'space on the node is asked for and limited',
    check: eachContainer(({ resources }) =>
      [resources?.requests, resources?.limits].every((amounts) => isQuantity(amounts?.['ephemeral-storage'])),
    ),
  },
  {
    id: 24,
    says: 'an empty directory has a limit',
    check: eachWorkload(({ pod }) =>
      (pod.volumes ?? [])
        .filter(({ emptyDir }) => emptyDir && !isQuantity(emptyDir.sizeLimit))
        .map(({ name }) => `volume ${name}`),
    ),
  },
]

function isQuantity(amount: unknown): boolean {
  return quantity.test(String(amount))
}

function sizeOf(amount: unknown): number {
  const [, number, unit = ''] = quantity.exec(String(amount))!
  return Number(number) * units[unit]!
}

const quantity = /^(\d+(?:\.\d+)?)(m|k|[KMGT]i|[MGT])?$/
const units: Record<string, number> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
}
