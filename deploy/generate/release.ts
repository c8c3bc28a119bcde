/** An overlay's files with the images of a release by their digests, and its name as the last word of each Job's. */
export function withRelease(
  files: OverlayFiles,
  release: string,
  digests: Record<string, string>,
): OverlayFiles {
  if (!/^[a-z0-9]{1,20}$/.test(release)) throw new Error('a release is named by small letters and digits')
  let { kustomization } = files
  for (const [image, digest] of Object.entries(digests)) {
    if (!/^sha256:[0-9a-f]{64}$/.test(digest)) throw new Error(`${image}: not a digest: ${digest}`)
    const entry = new RegExp(`(${upToDigest(image)})\\S+`)
    if (!entry.test(kustomization)) throw new Error(`the overlay has no image ${image} by digest`)
    kustomization = kustomization.replace(entry, `$1${digest}`)
  }
  return { kustomization, settings: files.settings.replace(/^RELEASE=.*$/m, `RELEASE=${release}`) }
}

/** Images that no release has named yet. */
export function unnamedImages(kustomization: string): string[] {
  const unnamed = new RegExp(`${upToDigest('(\\S+)')}sha256:0{64}`, 'g')
  return [...kustomization.matchAll(unnamed)].map(([, image]) => image!)
}

/** The lines of an image, of which one has a tag as well. */
function upToDigest(image: string): string {
  return `\\n  - name: ${image}\\n    newName: \\S+\\n(?:    newTag: \\S+\\n)?    digest: `
}

export interface OverlayFiles {
  readonly kustomization: string
  readonly settings: string
}
