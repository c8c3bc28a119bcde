import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { deployDir, overlays } from './render.ts'
import { readSettings } from './settings.ts'

const components = globSync('{components,platform}/**/kustomization.yaml', { cwd: deployDir })
const carried = components
  .flatMap((path) => [...readFileSync(join(deployDir, path), 'utf8').matchAll(/fieldPath: data\.(\w+)/g)])
  .map(([, name]) => name!)

// Kustomize itself refuses one that is missing.
test.each(overlays)('every setting of %s is carried somewhere: one that is misspelt is not', (overlay) => {
  const settings = Object.keys(readSettings(overlay))
  expect(settings.length).toBeGreaterThan(5)
  expect(settings.filter((name) => !carried.includes(name))).toEqual([])
})
