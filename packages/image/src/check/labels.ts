import { machineBaseTag } from '../make-image.ts'
import { readManifest, serviceDir } from '../places.ts'
import type { Storage } from './storage.ts'

/** What an image says of itself that is not so, or does not say at all. */
export async function wrongLabels(
  { podman }: Pick<Storage, 'podman'>,
  { service, image, revision }: { service: string; image: string; revision: string },
): Promise<string[]> {
  const labels = JSON.parse(await podman('image', 'inspect', image, '--format', '{{json .Labels}}'))
  const { version, description } = readManifest(serviceDir(service))
  const right = {
    title: `candor-${service}`,
    description,
    version,
    revision,
    'base.name': machineBaseTag,
  }
  return Object.entries(right).flatMap(([name, value]) => {
    const said = labels?.[`org.opencontainers.image.${name}`]
    return said === value ? [] : [`${name} "${said ?? ''}"`]
  })
}
