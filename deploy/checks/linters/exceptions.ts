import type { Exception } from '../exceptions.ts'

/** Where another linter's rule does not hold, and why. */
export const linterExceptions: Exception[] = [
  {
    rule: 'checkov CKV_K8S_43',
    overlays: ['local'],
    object: /./,
    because: 'images are built on the laptop and have no digest before they are',
  },
  {
    rule: 'checkov CKV_K8S_15',
    overlays: ['local'],
    object: /./,
    because: 'they are loaded into the cluster, and no registry has them',
  },
  {
    rule: 'kube-score container-image-pull-policy',
    overlays: ['local'],
    object: /./,
    because: 'they are loaded into the cluster, and no registry has them',
  },
  {
    rule: 'kube-score deployment-replicas',
    overlays: ['local'],
    object: /./,
    because: 'one pod of each is what a laptop has room for',
  },
  {
    rule: 'kube-score networkpolicy-targets-pod',
    overlays: ['local', 'production', 'staging'],
    object: /^NetworkPolicy\/postgres$/,
    because: 'the operator makes its pods; our own rule 35 knows them',
  },
]
