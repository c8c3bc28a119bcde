import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, transform } from 'esbuild'
import type { Plugin } from 'esbuild'
import { minify } from 'terser'

/** Browsers of spring 2024 and later. */
const target = ['chrome116', 'firefox124', 'safari17.4']

/** Style sheets as minified text, for `CSSStyleSheet.replaceSync`. */
const stylesAsText: Plugin = {
  name: 'styles-as-text',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true, target })
      return { contents: code.trim(), loader: 'text' }
    })
  },
}

/** The sources that tRPC ships beside its bundles: a third smaller here, since unused parts can be left out. */
const trpcFromSource: Plugin = {
  name: 'trpc-from-source',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^@trpc\/(client|server)(\/|$)/ }, ({ path }) => {
      const [, owner = '', part = 'index'] = /^(@trpc\/\w+)\/?(.+)?$/.exec(path) ?? []
      const base = join(dirname(fileURLToPath(import.meta.resolve(owner))), '../src', part)
      return { path: existsSync(`${base}.ts`) ? `${base}.ts` : join(base, 'index.ts'), sideEffects: false }
    })
  },
}

/** Own pieces in the place of larger ones that do more than the widget needs. */
const ownPieces: Plugin = {
  name: 'own-pieces',
  setup: ({ onResolve }) => {
    for (const [piece, filter] of [
      ['event-source', /^eventsource$/],
      ['unpromise', /\/vendor\/unpromise$/],
    ] as const) {
      onResolve({ filter }, () => ({ path: fileURLToPath(new URL(`src/${piece}.ts`, import.meta.url)) }))
    }
  },
}

await buildScript({ entry: 'src/main.ts', file: 'widget.js', format: 'iife', bytesMax: 25_000 })
await buildScript({ entry: 'src/after/start.ts', file: 'widget-after.js', format: 'esm', bytesMax: 2_500 })
await buildScript({
  entry: 'src/consent/start.ts',
  file: 'widget-consent.js',
  format: 'esm',
  bytesMax: 5_000,
})

async function buildScript({ entry, file, format, bytesMax }: Script): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    bundle: true,
    write: false,
    format,
    platform: 'browser',
    target,
    charset: 'utf8',
    jsxFactory: 'h',
    jsxFragment: 'Fragment',
    plugins: [stylesAsText, trpcFromSource, ownPieces],
  })
  const { code = '' } = await minify(outputFiles[0]?.text ?? '', {
    ecma: 2020,
    module: format === 'esm',
    compress: { passes: 3 },
  })
  const size = gzipSync(code, { level: 9 }).length
  if (size > bytesMax) throw new Error(`${file} weighs ${size} bytes compressed; ${bytesMax} are allowed`)
  const outfile = fileURLToPath(new URL(`dist/${file}`, import.meta.url))
  await mkdir(dirname(outfile), { recursive: true })
  await writeFile(outfile, code)
  console.log(`dist/${file}: ${size} bytes compressed`)
}

interface Script {
  entry: string
  file: string
  format: 'iife' | 'esm'
  /** What the script may weigh, compressed. The build fails above it. */
  bytesMax: number
}
