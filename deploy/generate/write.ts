import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { manifests } from './manifests.ts'

/** `npm run manifests`: writes what follows from the contracts into deploy/. A test fails where it was not run. */
for (const [path, text] of Object.entries(manifests())) {
  writeFileSync(join(import.meta.dirname, '..', path), text)
  console.log(`deploy/${path}`)
}
