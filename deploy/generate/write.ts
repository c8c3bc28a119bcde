import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCommandLine } from '@candor/runtime/command-line'
import { manifests } from './manifests.ts'

/** `npm run manifests`: writes what follows from the contracts into deploy/. A test fails where it was not run. */
readCommandLine('Usage: npm run manifests\nWrites what follows from the contracts into deploy/.', {})
for (const [path, text] of Object.entries(manifests())) {
  writeFileSync(join(import.meta.dirname, '..', path), text)
  console.log(`deploy/${path}`)
}
