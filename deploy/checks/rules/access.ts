import { ofKind } from '../manifest.ts'
import type { Manifest } from '../manifest.ts'
import { eachObject } from './rule.ts'
import type { Rule } from './rule.ts'

/** Who may do what in the cluster, and where. */
export const accessRules: Rule[] = [
  {
    id: 15,
    says: 'nobody is given a right in the API server',
    check: eachObject(
      ({ objects }) => objects.filter(({ kind }) => /^(Cluster)?Role(Binding)?$/.test(kind)),
      () => false,
    ),
  },
  {
    id: 16,
    says: 'every object names its namespace, and none is in the default one',
    check: eachObject(
      ({ objects }) => objects.filter((object) => !isOfCluster(object)),
      ({ metadata }) => ![undefined, '', 'default'].includes(metadata.namespace),
    ),
  },
  {
    id: 17,
    says: 'a namespace enforces, audits and warns by the restricted standard of a named version',
    check: eachObject(
      (tree) => ofKind(tree, 'Namespace'),
      ({ metadata: { labels = {} } }) =>
        ['enforce', 'audit', 'warn'].filter(
          (mode) =>
            labels[`pod-security.kubernetes.io/${mode}`] !== 'restricted' ||
            !/^v1\.\d+$/.test(labels[`pod-security.kubernetes.io/${mode}-version`] ?? ''),
        ),
    ),
  },
]

function isOfCluster({ kind }: Manifest): boolean {
  return [
    'ClusterIssuer',
    'ClusterRole',
    'ClusterRoleBinding',
    'ClusterSecretStore',
    'GatewayClass',
    'Namespace',
    'PriorityClass',
    'StorageClass',
  ].includes(kind)
}
