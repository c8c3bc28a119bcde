import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { deployDir, overlays } from './render.ts'
import { readSettings } from './settings.ts'

// Kustomize itself refuses one that is missing.
test.each(overlays)(
  'every setting of %s is carried by what it consists of: one that is misspelt is not',
  (overlay) => {
    const settings = Object.keys(readSettings(overlay))
    expect(settings.length).toBeGreaterThan(5)
    const carried = carriedBy(join(deployDir, 'overlays', overlay))
    expect(settings.filter((name) => !carried.includes(name))).toEqual([])
  },
)

/** The settings that a folder takes, and all that it builds on. */
function carriedBy(folder: string): string[] {
  const text = readFileSync(join(folder, 'kustomization.yaml'), 'utf8')
  const { resources = [], components = [] } = parse(text) as { resources?: string[]; components?: string[] }
  const parts = [...resources, ...components].filter((part) => !part.endsWith('.yaml'))
  return [
    ...[...text.matchAll(/fieldPath: data\.(\w+)/g)].map(([, name]) => name!),
    ...parts.flatMap((part) => carriedBy(join(folder, part))),
  ]
}
