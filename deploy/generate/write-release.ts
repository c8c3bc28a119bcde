import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCommandLine } from '@candor/runtime/command-line'
import { unnamedImages, withRelease } from './release.ts'

/**
 * `npm run release -- production r42 chat=sha256:... web=sha256:...`: what rolls out next. Taking it back is taking this
 * change back.
 */
const { positionals, refuse } = readCommandLine(
  `Usage: npm run release -- OVERLAY RELEASE IMAGE=DIGEST..., as in: production r42 chat=sha256:...
Writes what rolls out next into the overlay.`,
  { allowPositionals: true },
)
const [overlay = refuse('Say which overlay.'), release = refuse('Say what it is called.'), ...images] =
  positionals
const folder = join(import.meta.dirname, '../overlays', overlay)
const paths = { kustomization: join(folder, 'kustomization.yaml'), settings: join(folder, 'settings.env') }
if (!existsSync(paths.settings)) refuse(`There is no overlay "${overlay}" that takes releases.`)
try {
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
