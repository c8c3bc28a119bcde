import { join } from 'node:path'
import { makeImage, makeMachineBase } from '../make-image.ts'
import { readRevision } from '../revision.ts'
import { strangersIn } from './contents.ts'
import { megabytes } from './figures.ts'
import { wrongLabels } from './labels.ts'
import type { Storage } from './storage.ts'

/** Builds each service's image two times, in two places and from nothing, and looks at what came out. */
export async function buildTwice(storage: Storage, services: readonly string[]): Promise<Built[]> {
  const revision = await readRevision()
  const { builder, folder, podman } = storage
  const rounds: string[][] = []
  for (const round of ['first', 'second']) {
    const base = await makeMachineBase(builder, join(folder, round, 'base'))
    const digests: string[] = []
    for (const service of services) {
      const options = { service, tag: `candor/${service}:${round}`, folder: join(folder, round, service) }
      await makeImage(builder, { ...options, revision, base, afresh: true })
      digests.push(await storage.digestOf(options.tag))
    }
    rounds.push(digests)
  }
  return Promise.all(
    services.map(async (service, place) => {
      const image = `candor/${service}:first`
      const [first, second] = [rounds[0]![place]!, rounds[1]![place]!]
      const bytes = Number(await podman('image', 'inspect', image, '--format', '{{.Size}}'))
      const strangers = await strangersIn(storage, image)
      const labels = await wrongLabels(storage, { service, image, revision: revision.name })
      console.log(`${service.padEnd(12)} ${megabytes(bytes)}, ${first}`)
      return {
        service,
        image,
        problems: [
          ...(first === second ? [] : [`is another image when it is built again: ${second}`]),
          ...(bytes < bytesMax ? [] : [`weighs ${megabytes(bytes)}`]),
          ...strangers.map((path) => `holds ${path}`),
          ...labels.map((label) => `is labelled with the ${label}`),
        ],
      }
    }),
  )
}

const bytesMax = 120e6

export interface Built {
  readonly service: string
  readonly image: string
  readonly problems: readonly string[]
}
