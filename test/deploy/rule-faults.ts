import { availabilityFaults } from './availability-faults.ts'
import type { Change } from './good-tree.ts'
import { graphFaults } from './graph-faults.ts'
import { imageFaults } from './image-faults.ts'

/** For each rule changes to the good tree that it must find. */
export const faults: [rule: number, what: string, change: Change][] = [
  ...imageFaults,
  ...availabilityFaults,
  ...graphFaults,
  [1, 'a pod that may run as root', (the) => delete pod(the).securityContext.runAsNonRoot],
  [1, 'a container that may run as root', (the) => (container(the).securityContext.runAsNonRoot = false)],
  [2, 'a uid of the node', (the) => (pod(the).securityContext.runAsUser = 1000)],
  [2, 'no gid', (the) => delete pod(the).securityContext.runAsGroup],
  [
    3,
    'an init container that may gain privileges',
    (the) => delete first(the).securityContext.allowPrivilegeEscalation,
  ],
  [4, 'a privileged container', (the) => (container(the).securityContext.privileged = true)],
  [
    5,
    'a root file system that can be written',
    (the) => delete first(the).securityContext.readOnlyRootFilesystem,
  ],
  [6, 'capabilities that stay', (the) => (container(the).securityContext.capabilities.drop = ['NET_RAW'])],
  [6, 'a capability that is added', (the) => (container(the).securityContext.capabilities.add = ['CHOWN'])],
  [7, 'no filter of system calls', (the) => delete pod(the).securityContext.seccompProfile],
  [
    7,
    'a container without it',
    (the) => (container(the).securityContext.seccompProfile = { type: 'Unconfined' }),
  ],
  [8, "the node's network", (the) => (pod(the).hostNetwork = true)],
  [8, "the node's processes", (the) => (pod(the).hostPID = true)],
  [8, "a port of the node's", (the) => (container(the).ports[0].hostPort = 8080)],
  [8, "a path of the node's", (the) => pod(the).volumes.push({ name: 'etc', hostPath: { path: '/etc' } })],
  [8, 'names of its own', (the) => (pod(the).hostAliases = [{ ip: '192.0.2.1', hostnames: ['broker'] }])],
  [9, 'an unmasked /proc', (the) => (container(the).securityContext.procMount = 'Unmasked')],
  [
    9,
    'a kernel setting',
    (the) => (pod(the).securityContext.sysctls = [{ name: 'kernel.msgmax', value: '1' }]),
  ],
  [10, 'a volume of another kind', (the) => pod(the).volumes.push({ name: 'disk', nfs: { path: '/' } })],
  [11, 'the default account', (the) => (pod(the).serviceAccountName = 'default')],
  [11, 'a pod with a key to the API server', (the) => delete pod(the).automountServiceAccountToken],
  [11, 'an account that hands it out', (the) => delete the('ServiceAccount').automountServiceAccountToken],
  [
    12,
    'a secret in a variable',
    (the) =>
      container(the).env.push({
        name: 'URL',
        valueFrom: { secretKeyRef: { name: 'cart-credentials', key: 'DATABASE_URL' } },
      }),
  ],
  [
    12,
    'secrets as variables',
    (the) => container(the).envFrom.push({ secretRef: { name: 'cart-credentials' } }),
  ],
  [12, 'a variable named like one', (the) => container(the).env.push({ name: 'API_TOKEN', value: 'x' })],
  [12, 'a setting named like one', (the) => (the('ConfigMap', 'cart-env').data.DB_PASSWORD = 'x')],
  [13, 'no AppArmor', (the) => delete pod(the).securityContext.appArmorProfile],
  [14, 'a low port', (the) => (container(the).ports[0].containerPort = 80)],
  [
    14,
    "the runtime's socket",
    (the) => pod(the).volumes.push({ name: 'run', hostPath: { path: '/run/docker.sock' } }),
  ],
  [
    15,
    'a role',
    (_the, objects) =>
      objects.push({
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: { name: 'x', namespace: 'shop' },
      }),
  ],
  [16, 'no namespace', (the) => delete the('Service').metadata.namespace],
  [16, 'the default namespace', (the) => (the('ConfigMap', 'cart-env').metadata.namespace = 'default')],
  [
    17,
    'a weaker standard',
    (the) => (the('Namespace', 'shop').metadata.labels['pod-security.kubernetes.io/enforce'] = 'baseline'),
  ],
  [
    17,
    'a standard that moves',
    (the) => (the('Namespace', 'shop').metadata.labels['pod-security.kubernetes.io/warn-version'] = 'latest'),
  ],
  [22, 'no limit of memory', (the) => delete container(the).resources.limits.memory],
  [22, 'no request of CPU', (the) => delete first(the).resources.requests.cpu],
  [22, 'a quantity that is none', (the) => (container(the).resources.limits.memory = '512MB')],
  [22, 'more memory than the limit', (the) => (container(the).resources.requests.memory = '1Gi')],
  [22, 'more of a core than the limit', (the) => (container(the).resources.requests.cpu = '1001m')],
  [23, 'no limit of disk', (the) => delete container(the).resources.limits['ephemeral-storage']],
  [24, 'an endless directory', (the) => (pod(the).volumes[0].emptyDir = {})],
  [
    43,
    'a Secret',
    (_the, objects) =>
      objects.push({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x', namespace: 'shop' } }),
  ],
  [
    43,
    'an address with its password',
    (the) => (the('ConfigMap', 'cart-env').data.DATABASE_URL = 'postgres://cart:k33p@db/cart'),
  ],
  [43, 'the seed of a key', (the) => (container(the).args = [`--seed=SU${'A7'.repeat(28)}`])],
  [43, 'a private key', (the) => (the('ConfigMap', 'cart-env').data.KEY = '-----BEGIN PRIVATE KEY-----')],
  [
    43,
    'thirty-two secret bytes',
    (the) => (the('ConfigMap', 'cart-env').data.SEALING_KEY = `${'q9Z'.repeat(14)}A=`),
  ],
  [43, 'a variable that has come as a file', (the) => (the('ConfigMap', 'cart-env').data.NATS_SEED = 'any')],
  [
    49,
    'a disk of somebody else',
    (the) => delete the('StatefulSet', 'broker').spec.template.spec.securityContext.fsGroup,
  ],
  [50, 'variables of other services', (the) => delete pod(the).enableServiceLinks],
  [
    49,
    'keys for another group',
    (the) => {
      pod(the).volumes[2].secret.defaultMode = 0o440
      pod(the).securityContext.fsGroup = 10_002
    },
  ],
  [44, 'the name of the base', (the) => (container(the).name = 'service')],
  [44, 'a host that nobody has', (the) => (the('Ingress').spec.rules[0].host = 'public.host')],
  [44, 'a Job of no release', (the) => (the('Job', 'cart-migrate').metadata.name = 'cart-migrate-release')],
]

const pod = (the: The) => the('Deployment').spec.template.spec
const container = (the: The) => pod(the).containers[0]
const first = (the: The) => pod(the).initContainers[0]

type The = Parameters<Change>[0]
