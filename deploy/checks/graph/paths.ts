import type { IContainer } from 'kubernetes-models/v1/Container'
import type { IVolume } from 'kubernetes-models/v1/Volume'
import { nameOf } from '../manifest.ts'
import type { Tree, Workload } from '../manifest.ts'
import type { Problem } from '../rules/rule.ts'
import { findNamed, variablesOf } from '../select.ts'

/** Files and folders that a program is told of, by a variable or an argument, and will not find. */
export function missingPaths(tree: Tree): Problem[] {
  return tree.workloads.flatMap((workload) =>
    workload.containers.flatMap((container) =>
      pathsToldTo(tree, workload, container)
        .filter((path) => !isMounted(tree, workload, container, path))
        .map((path) => ({ object: nameOf(workload.object), problem: `${path} is in no volume` })),
    ),
  )
}

function pathsToldTo(tree: Tree, workload: Workload, container: IContainer): string[] {
  const { args = [], command = [], lifecycle } = container
  const variables = variablesOf(tree, workload.object, container).map(([, value]) => value)
  // Of a command the first word is the image's own. A word may name its path as `word=path`.
  const words = [...command.slice(1), ...args, ...(lifecycle?.preStop?.exec?.command ?? []).slice(1)]
  return [...variables, ...words.map((word) => word.replace(/^[\w-]+=/, ''))].filter((value) =>
    /^(\/[\w.-]+)+$/.test(value),
  )
}

function isMounted(tree: Tree, { object, pod }: Workload, container: IContainer, path: string): boolean {
  const mount = (container.volumeMounts ?? [])
    .filter(({ mountPath }) => path === mountPath || path.startsWith(`${mountPath}/`))
    .toSorted((one, other) => other.mountPath.length - one.mountPath.length)[0]
  if (!mount) return false
  const files = filesOf(
    tree,
    object,
    pod.volumes?.find(({ name }) => name === mount.name),
  )
  return path === mount.mountPath || !files || files.includes(path.slice(mount.mountPath.length + 1))
}

/** What lies in a volume; undefined for one that programs write to, and where the render does not tell. */
function filesOf(tree: Tree, from: Workload['object'], volume: IVolume | undefined): string[] | undefined {
  const sources = volume?.projected?.sources ?? (volume?.secret || volume?.configMap ? [volume] : undefined)
  const files = sources?.map(({ configMap, secret }) => {
    const items = (configMap ?? secret)?.items?.map(({ path }) => path)
    const found = configMap && findNamed(tree, from, 'ConfigMap', configMap.name)
    return items ?? (found && Object.keys((found as { data?: object }).data ?? {}))
  })
  return files?.every((some) => some) ? files.flatMap((some) => some!) : undefined
}
