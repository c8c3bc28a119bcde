import { accessSync, constants, globSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readCommandLine } from '@candor/runtime/command-line'
import { unnamedImages, withRelease } from './release.ts'

/**
 * `npm run release -- production r42 chat=sha256:... web=sha256:...`: what rolls out next. Taking it back is taking this
 * change back.
 */
const { positionals, refuse, choose } = readCommandLine(
  `Usage: npm run release -- OVERLAY RELEASE IMAGE=DIGEST..., as in: production r42 chat=sha256:...
Writes what rolls out next into the overlay.`,
  { allowPositionals: true },
)
const [overlay = refuse('Say which overlay.'), release = refuse('Say what it is called.'), ...images] =
  positionals
const overlays = join(import.meta.dirname, '../overlays')
// One that is laid over another is released with it.
choose('overlay', [overlay], globSync('*/settings.env', { cwd: overlays }).map(dirname).toSorted())
const paths = ['kustomization.yaml', 'settings.env'].map((file) => join(overlays, overlay, file))
const [kustomization, settings] = paths.map((path) => readFileSync(path, 'utf8')) as [string, string]
const changed = change()
try {
  // Both or none.
  for (const path of paths) accessSync(path, constants.W_OK)
  writeFileSync(paths[0]!, changed.kustomization)
  writeFileSync(paths[1]!, changed.settings)
} catch (err) {
  console.error(err instanceof Error ? err.message : err)
  process.exit(1)
}
const unnamed = unnamedImages(changed.kustomization)
if (unnamed.length > 0) console.log(`still without a digest: ${unnamed.join(', ')}`)

function change() {
  try {
    return withRelease({ kustomization, settings }, release, readDigests())
  } catch (err) {
    return refuse((err as Error).message)
  }
}

function readDigests(): Record<string, string> {
  const digests = images.map((image) => /^([^=]*)=?(.*)$/s.exec(image)!.slice(1) as [string, string])
  const twice = digests.find(([name], place) => digests.slice(0, place).some(([other]) => other === name))
  if (twice) throw new Error(`${twice[0]} is given twice`)
  return Object.fromEntries(digests)
}
