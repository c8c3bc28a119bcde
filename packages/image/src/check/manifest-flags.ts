import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { rootDir } from '../places.ts'

/** How a container is run by hand as its manifest has it run: what the manifest does not ask for is not asked for here. */
export function manifestFlags(manifest: string): ManifestFlags {
  const { spec } = parse(readFileSync(join(rootDir, 'deploy', manifest), 'utf8')) as Workload
  const pod = spec.template.spec
  const [container] = pod.containers
  const { limits } = container.resources
  const security = { ...pod.securityContext, ...container.securityContext }
  const memoryBytes = bytes(limits.memory)
  return {
    uid: security.runAsUser,
    memoryBytes,
    flags: [
      ...['--user', `${security.runAsUser}:${security.runAsGroup}`],
      ...(security.readOnlyRootFilesystem ? ['--read-only', '--read-only-tmpfs=false'] : []),
      ...(security.allowPrivilegeEscalation === false ? ['--security-opt', 'no-new-privileges'] : []),
      ...(security.seccompProfile?.type === 'RuntimeDefault' ? [] : ['--security-opt', 'seccomp=unconfined']),
      ...security.capabilities.drop.flatMap((capability) => ['--cap-drop', capability]),
      ...['--memory', String(memoryBytes), '--memory-swap', String(memoryBytes)],
      ...(container.volumeMounts ?? []).flatMap(({ name, mountPath }) => {
        const size = pod.volumes?.find((volume) => volume.name === name)?.emptyDir?.sizeLimit
        return size ? ['--tmpfs', `${mountPath}:rw,noexec,nosuid,nodev,size=${bytes(size)}`] : []
      }),
    ],
  }
}

function bytes(quantity: string): number {
  const [, amount, unit] = /^(\d+)(Mi|Gi)$/.exec(quantity) ?? []
  return Number(amount) * (unit === 'Gi' ? 1024 ** 3 : 1024 ** 2)
}

export interface ManifestFlags {
  readonly uid: number
  readonly memoryBytes: number
  readonly flags: readonly string[]
}

interface Workload {
  spec: { template: { spec: PodSpec } }
}

interface PodSpec {
  securityContext: Security
  containers: [
    {
      securityContext: Security
      resources: { limits: { memory: string } }
      volumeMounts?: { name: string; mountPath: string }[]
    },
  ]
  volumes?: { name: string; emptyDir?: { sizeLimit: string } }[]
}

interface Security {
  runAsUser: number
  runAsGroup: number
  readOnlyRootFilesystem?: boolean
  allowPrivilegeEscalation?: boolean
  seccompProfile?: { type: string }
  capabilities: { drop: string[] }
}
