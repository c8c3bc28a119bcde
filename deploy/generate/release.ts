/** An overlay's files with the images of a release by their digests, and its name as the last word of each Job's. */
export function withRelease(
  files: OverlayFiles,
  release: string,
  digests: Record<string, string>,
): OverlayFiles {
  if (!/^[a-z0-9]{1,20}$/.test(release)) throw new Error('a release is named by small letters and digits')
  const isNamedAnew = !files.settings.split('\n').includes(`RELEASE=${release}`)
  let { kustomization } = files
  for (const [image, digest] of Object.entries(digests)) {
    if (!isDigest.test(digest)) throw new Error(`${image}: not a digest: ${digest}`)
    const entry = new RegExp(`(${upToDigest(image)})(\\S+)`)
    const before = /^[a-z0-9-]+$/.test(image) ? entry.exec(kustomization)?.[2] : undefined
    if (before === undefined) throw new Error(`the overlay has no image ${image} by digest`)
    if (!isNamedAnew && before !== digest && before !== noDigest)
      throw new Error(
        `${release} is what is named already, and a Job that has run does not change: name it anew`,
      )
    kustomization = kustomization.replace(entry, `$1${digest}`)
  }
  return { kustomization, settings: files.settings.replace(/^RELEASE=.*$/m, `RELEASE=${release}`) }
}

/** Images that no release has named yet. */
export function unnamedImages(kustomization: string): string[] {
  const unnamed = new RegExp(`${upToDigest('(\\S+)')}${noDigest}`, 'g')
  return [...kustomization.matchAll(unnamed)].map(([, image]) => image!)
}

/** The lines of an image, of which one has a tag as well. */
function upToDigest(image: string): string {
  return `\\n  - name: ${image}\\n    newName: \\S+\\n(?:    newTag: \\S+\\n)?    digest: `
}

const isDigest = /^sha256:[0-9a-f]{64}$/
const noDigest = `sha256:${'0'.repeat(64)}`

export interface OverlayFiles {
  readonly kustomization: string
  readonly settings: string
}
