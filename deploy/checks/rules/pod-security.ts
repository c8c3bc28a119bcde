import type { IContainer } from 'kubernetes-models/v1/Container'
import type { IVolume } from 'kubernetes-models/v1/Volume'
import { ofKind } from '../manifest.ts'
import { eachContainer, eachObject, eachWorkload } from './rule.ts'
import type { Rule } from './rule.ts'

/** What a container may do to its node, and what it is told. */
export const podSecurityRules: Rule[] = [
  {
    id: 1,
    says: 'pod and container run as another than root',
    check: eachContainer(
      (container, { pod }) =>
        pod.securityContext?.runAsNonRoot === true && container.securityContext?.runAsNonRoot === true,
    ),
  },
  {
    id: 2,
    says: 'uid and gid are 10001 or above, where no account of the node is',
    check: eachContainer((container, { pod }) =>
      [
        container.securityContext?.runAsUser ?? pod.securityContext?.runAsUser,
        container.securityContext?.runAsGroup ?? pod.securityContext?.runAsGroup,
      ].every((id) => id !== undefined && id >= 10_001),
    ),
  },
  {
    id: 3,
    says: 'no process gains privileges that its container had not',
    check: eachContainer(({ securityContext }) => securityContext?.allowPrivilegeEscalation === false),
  },
  {
    id: 4,
    says: 'no container is privileged',
    check: eachContainer(({ securityContext }) => securityContext?.privileged !== true),
  },
  {
    id: 5,
    says: 'the root file system is read-only',
    check: eachContainer(({ securityContext }) => securityContext?.readOnlyRootFilesystem === true),
  },
  {
    id: 6,
    says: 'every capability is dropped and none added',
    check: eachContainer(({ securityContext }) => {
      const { drop = [], add = [] } = securityContext?.capabilities ?? {}
      return drop.includes('ALL') && add.length === 0
    }),
  },
  {
    id: 7,
    says: "the runtime's filter of system calls is on",
    check: eachContainer((container, { pod }) =>
      [pod.securityContext?.seccompProfile, container.securityContext?.seccompProfile].every(
        (profile, place) => (place === 1 && profile === undefined) || profile?.type === 'RuntimeDefault',
      ),
    ),
  },
  {
    id: 8,
    says: "nothing of the node's is shared: no network, processes, ports, paths or names",
    check: eachWorkload(({ pod, containers }) =>
      [
        pod.hostNetwork && 'hostNetwork',
        pod.hostPID && 'hostPID',
        pod.hostIPC && 'hostIPC',
        pod.hostAliases && 'hostAliases',
        isHostProcess(pod.securityContext) && 'hostProcess',
        pod.volumes?.some(({ hostPath }) => hostPath) && 'hostPath',
        ...containers.flatMap(({ name, ports = [], securityContext }) => [
          ports.some(({ hostPort }) => hostPort) && `container ${name}: hostPort`,
          isHostProcess(securityContext) && `container ${name}: hostProcess`,
        ]),
      ].filter((problem) => typeof problem === 'string'),
    ),
  },
  {
    id: 9,
    says: '/proc is masked and no kernel setting is changed',
    check: eachContainer(
      ({ securityContext }, { pod }) =>
        [undefined, 'Default'].includes(securityContext?.procMount) && !pod.securityContext?.sysctls?.length,
    ),
  },
  {
    id: 10,
    says: 'volumes are of the kinds that the restricted Pod Security Standard allows',
    check: eachWorkload(({ pod }) =>
      (pod.volumes ?? []).filter((volume) => !isAllowedVolume(volume)).map(({ name }) => `volume ${name}`),
    ),
  },
  {
    id: 11,
    says: 'pods have an account of their own and no key to the API server',
    check: (tree) => [
      ...eachWorkload(
        ({ pod }) =>
          ![undefined, 'default'].includes(pod.serviceAccountName) &&
          pod.automountServiceAccountToken === false,
      )(tree),
      ...eachObject(
        (all) => ofKind(all, 'ServiceAccount'),
        ({ automountServiceAccountToken }) => automountServiceAccountToken === false,
      )(tree),
    ],
  },
  {
    id: 12,
    says: 'secrets come as files, and nothing else is named like one',
    check: (tree) => [
      ...eachWorkload(({ containers }) => containers.flatMap(secretsInEnvironment))(tree),
      ...eachObject(
        (all) => ofKind(all, 'ConfigMap'),
        ({ data = {} }) => Object.keys(data).filter((key) => namedLikeSecret.test(key)),
      )(tree),
    ],
  },
  {
    id: 13,
    says: "the runtime's AppArmor profile confines the pod",
    check: eachWorkload(({ pod }) => pod.securityContext?.appArmorProfile?.type === 'RuntimeDefault'),
  },
  {
    id: 14,
    says: 'no container listens below port 1024 or reaches a container runtime',
    check: eachWorkload(({ pod, containers }) => [
      ...containers.flatMap(({ name, ports = [] }) =>
        ports.filter(({ containerPort }) => containerPort < 1024).map(() => `container ${name}`),
      ),
      ...(pod.volumes ?? [])
        .filter(({ hostPath }) => hostPath?.path.endsWith('.sock'))
        .map(({ name }) => name),
    ]),
  },
  {
    id: 50,
    says: 'no variable comes from the services that happen to be there',
    check: eachWorkload(({ pod }) => pod.enableServiceLinks === false),
  },
  {
    id: 49,
    says: 'who runs may read what is mounted for his group, and write to his disks',
    check: eachWorkload(({ object, pod }) => {
      const { fsGroup, runAsGroup } = pod.securityContext ?? {}
      const isNeeded =
        (pod.volumes ?? []).some(isForGroup) || 'volumeClaimTemplates' in (object as { spec?: object }).spec!
      return !isNeeded || (fsGroup !== undefined && fsGroup === runAsGroup)
    }),
  },
]

/** A disk, or files that not everybody may read. */
function isForGroup({ persistentVolumeClaim, secret, projected, configMap }: IVolume): boolean {
  const modes = [secret, projected, configMap].map((source) => source && (source.defaultMode ?? 0o644))
  return Boolean(persistentVolumeClaim) || modes.some((mode) => mode !== undefined && (mode & 0o004) === 0)
}

function isAllowedVolume(volume: IVolume): boolean {
  const kinds = Object.keys(volume).filter((field) => field !== 'name')
  return kinds.length === 1 && allowedVolumes.has(kinds[0]!)
}

function secretsInEnvironment({ name, env = [], envFrom = [] }: IContainer): string[] {
  return [
    ...env
      .filter((one) => one.valueFrom?.secretKeyRef || (one.value && namedLikeSecret.test(one.name)))
      .map((one) => `container ${name}: ${one.name}`),
    ...envFrom.filter(({ secretRef }) => secretRef).map(() => `container ${name}: envFrom`),
  ]
}

function isHostProcess(context?: { windowsOptions?: { hostProcess?: boolean } }): boolean {
  return context?.windowsOptions?.hostProcess === true
}

const namedLikeSecret = /password|token|bearer|secret/i

const allowedVolumes = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
])
