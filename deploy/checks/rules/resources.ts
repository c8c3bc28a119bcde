import { isQuantity, quantity } from '../quantity.ts'
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
        return isQuantity(request) && isQuantity(limit) && quantity(request) <= quantity(limit)
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
