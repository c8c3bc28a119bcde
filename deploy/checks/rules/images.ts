import { clusters } from '../manifest.ts'
import { eachContainer, eachObject } from './rule.ts'
import type { Check, Rule } from './rule.ts'

/** Which programs run, and where they come from. */
export const imageRules: Rule[] = [
  {
    id: 18,
    says: 'an image names a version, and not the latest',
    check: eachImage(({ image = '' }) => {
      const { tag, digest } = readImage(image)
      return digest !== undefined || ![undefined, 'latest'].includes(tag)
    }),
  },
  {
    id: 19,
    says: 'an image is pinned by its digest',
    check: eachImage(({ image = '' }) => readImage(image).digest !== undefined),
  },
  {
    id: 20,
    says: 'the registry is asked at each start, so that a revoked image does not run on',
    check: eachImage(({ imagePullPolicy }) => imagePullPolicy === 'Always'),
  },
  {
    id: 21,
    says: 'images come from registries that are named here',
    check: eachImage(({ image = '' }) => registries.some((registry) => image.startsWith(`${registry}/`))),
  },
  {
    id: 46,
    says: "PostgreSQL's operator reads its version from the image's tag",
    check: eachObject(clusters, ({ spec }) => /^\d+(\.|-|$)/.test(readImage(spec.imageName ?? '').tag ?? '')),
  },
]

/** Each container's, and the one of which an operator makes containers. */
function eachImage(passes: (image: Image) => boolean): Check {
  const inContainers = eachContainer(passes)
  const inClusters = eachObject(clusters, ({ spec }) => passes({ ...spec, image: spec.imageName }))
  return (tree) => [...inContainers(tree), ...inClusters(tree)]
}

function readImage(image: string): { tag?: string; digest?: string } {
  const [reference = '', digest] = image.split('@')
  // A colon before the last slash belongs to the registry's port.
  const tag = reference.slice(reference.lastIndexOf('/') + 1).split(':')[1]
  return { ...(tag && { tag }), ...(/^sha256:[0-9a-f]{64}$/.test(digest ?? '') && { digest: digest! }) }
}

/** The organisation's own, and those that NATS' and PostgreSQL's makers publish to. */
const registries = ['registry.example', 'docker.io/library', 'docker.io/natsio', 'ghcr.io/cloudnative-pg']

interface Image {
  readonly image?: string | undefined
  readonly imagePullPolicy?: string | undefined
}
