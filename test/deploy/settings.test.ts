import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { installation } from './installation.ts'
import { deployDir, kustomize, overlays } from './render.ts'
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

test.each(overlays)(
  'in %s letters come from an address, and nobody outside is spoken to in plain text',
  (overlay) => {
    const settings = readSettings(overlay)
    expect(settings.MAIL_FROM).toMatch(/^[^<>@]+ <[^\s<>@]+@[^\s<>@]+>$/)
    const addresses = Object.values(settings).filter((value) => value!.includes('://'))
    expect(addresses.filter((address) => !address!.startsWith('https://'))).toEqual([])
  },
)

test.skipIf(!kustomize).each(overlays)(
  'a changed setting of %s reaches who runs: what pods read is named by what it holds',
  async (overlay) => {
    const { workloads } = await installation(overlay)
    const read = workloads.flatMap(({ container, pod }) => [
      ...(container.envFrom ?? []).map(({ configMapRef }: any) => configMapRef.name),
      ...(pod.volumes ?? []).flatMap(({ configMap, projected }: any) =>
        [{ configMap }, ...(projected?.sources ?? [])].flatMap((source) => source.configMap?.name ?? []),
      ),
    ])
    expect(read.length).toBeGreaterThan(5)
    // The hash that Kustomize puts behind it, in letters and digits that make no words.
    expect(read.filter((name) => !/-[bcdfghkmt2456789]{10}$/.test(name))).toEqual([])
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
