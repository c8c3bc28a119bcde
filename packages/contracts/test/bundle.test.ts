import { fileURLToPath } from 'node:url'
import { services } from '@candor/contracts/callers'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

/** The packages that a page ends up with when it holds `source`. */
async function packagesIn(source: string): Promise<{ packages: string[]; bytes: number }> {
  const { metafile } = await build({
    stdin: { contents: source, loader: 'ts', resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    format: 'esm',
    logLevel: 'silent',
  })
  const files = Object.keys(metafile.inputs).filter((file) => file !== '<stdin>')
  const packages = files.map((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? 'ours')
  return { packages: [...new Set(packages)], bytes: Object.values(metafile.outputs)[0]!.bytes }
}

test.for(services)('a page that imports the types of %s carries nothing of it', async (service) => {
  const router = `${service[0]!.toUpperCase()}${service.slice(1)}Router`
  const { packages, bytes } = await packagesIn(`
    import type { ${router} } from '@candor/contracts/${service}'
    export const client: ${router} | undefined = undefined`)
  expect(packages).toEqual([])
  expect(bytes).toBeLessThan(100)
})

test('a page that checks values by the contracts carries zod and nothing of a server', async () => {
  const { packages } = await packagesIn(`
    import { contracts, events } from '@candor/contracts/catalogue'
    console.log(contracts, events)`)
  expect(packages.toSorted()).toEqual(['ours', 'zod'])
})
