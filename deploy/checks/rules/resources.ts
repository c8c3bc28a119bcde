import { eachContainer, eachWorkload } from './rule.ts'
import type { Rule } from './rule.ts'

/** How much a pod may take. */
export const resourceRules: Rule[] = [
  {
    id: 22,
    says: 'processor and memory are asked for and limited, in quantities that Kubernetes reads',
    check: eachContainer(({ resources }) =>
      ['cpu', 'memory'].every((name) =>
        [resources?.requests?.[name], resources?.limits?.[name]].every((amount) => isQuantity(amount)),
      ),
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
  return /^\d+(\.\d+)?(m|k|[KMGT]i|[MGT])?$/.test(String(amount))
}
