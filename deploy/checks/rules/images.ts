import { eachContainer } from './rule.ts'
import type { Rule } from './rule.ts'

/** Which programs run, and where they come from. */
export const imageRules: Rule[] = [
  {
    id: 18,
    says: 'an image names a version, and not the latest',
    check: eachContainer(({ image = '' }) => {
      const { tag, digest } = readImage(image)
      return digest !== undefined || ![undefined, 'latest'].includes(tag)
    }),
  },
  {
    id: 19,
    says: 'an image is pinned by its digest',
    check: eachContainer(({ image = '' }) => readImage(image).digest !== undefined),
  },
  {
    id: 20,
    says: 'the registry is asked at each start, so that a revoked image does not run on',
    check: eachContainer(({ imagePullPolicy }) => imagePullPolicy === 'Always'),
  },
  {
    id: 21,
    says: 'images come from registries that are named here',
    check: eachContainer(({ image = '' }) => registries.some((registry) => image.startsWith(`${registry}/`))),
  },
]

function readImage(image: string): { tag?: string; digest?: string } {
  const [reference = '', digest] = image.split('@')
  // A colon before the last slash belongs to the registry's port.
  const tag = reference.slice(reference.lastIndexOf('/') + 1).split(':')[1]
  return { ...(tag && { tag }), ...(/^sha256:[0-9a-f]{64}$/.test(digest ?? '') && { digest: digest! }) }
}

/** The organisation's own, and those that NATS' and PostgreSQL's makers publish to. */
const registries = ['registry.example', 'docker.io/library', 'docker.io/natsio', 'ghcr.io/cloudnative-pg']
