import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { unnamedImages, withRelease } from './release.ts'

/**
 * `npm run release -- production r42 chat=sha256:... web=sha256:...`: what rolls out next. Taking it back is taking this
 * change back.
 */
const [overlay = '', release = '', ...images] = process.argv.slice(2)
const folder = join(import.meta.dirname, '../overlays', overlay)
const paths = { kustomization: join(folder, 'kustomization.yaml'), settings: join(folder, 'settings.env') }
try {
  if (!overlay || !release || !existsSync(paths.settings))
    throw new Error(
      'Usage: npm run release -- OVERLAY RELEASE IMAGE=DIGEST..., as in: production r42 chat=sha256:...',
    )
  const digests = Object.fromEntries(images.map((image) => image.split('=') as [string, string]))
  const changed = withRelease(
    {
      kustomization: readFileSync(paths.kustomization, 'utf8'),
      settings: readFileSync(paths.settings, 'utf8'),
    },
    release,
    digests,
  )
  writeFileSync(paths.kustomization, changed.kustomization)
  writeFileSync(paths.settings, changed.settings)
  const unnamed = unnamedImages(changed.kustomization)
  if (unnamed.length > 0) console.log(`still without a digest: ${unnamed.join(', ')}`)
} catch (err) {
  console.error(err instanceof Error ? err.message : err)
  process.exitCode = 1
}
