import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { build } from 'esbuild'
import type { Metafile } from 'esbuild'
import { entryPoints } from './entry-points.ts'
import { readManifest, rootDir, serviceDir } from './places.ts'
import { writeSbom } from './sbom.ts'
import type { Component } from './sbom.ts'

/**
 * Writes what a service's image holds beside Node to `bundle` in the folder, and what belongs to it but is not shipped
 * to `aside`: source maps and the bill of materials. The same sources give the same bytes, whatever the folder.
 */
export async function bundleService(
  service: string,
  folder: string,
  base: readonly Component[],
): Promise<void> {
  const [shipped, aside] = [join(folder, 'bundle'), join(folder, 'aside')]
  await rm(folder, { recursive: true, force: true })
  const metafile = await bundlePrograms(entryPoints(service), { shipped, aside })
  for (const [name, from] of Object.entries(readManifest(serviceDir(service)).bundled ?? {}))
    await cp(join(serviceDir(service), from), join(shipped, name), { recursive: true })
  await writeSbom(join(aside, 'sbom.cdx.json'), { service, metafile, base })
}

/** Programs, by name, as files that need nothing beside them but Node; what they share is written once. */
export async function bundlePrograms(
  programs: Record<string, string>,
  { shipped, aside }: { shipped: string; aside: string },
): Promise<Metafile> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: rootDir,
    entryPoints: programs,
    // Nothing is written there; but paths from it stand in source maps, and they in the names of files.
    outdir: join(rootDir, 'bundle'),
    write: false,
    outExtension: { '.js': '.mjs' },
    entryNames: '[name]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    // The programs of an image share most of their code.
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    // Where the code has to find a file, it imports its way from `#...`, which leads elsewhere under this condition.
    conditions: ['bundled', 'module'],
    loader: { '.node': 'copy', '.ttf': 'file' },
    banner: { js: commonJsRequire },
    // Not the names: a stack frame in a log says its function, and `npm run image:where` its place in the source.
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 200,
    sourcemap: 'external',
    metafile: true,
    charset: 'utf8',
    logLevel: 'warning',
  })
  await Promise.all([shipped, aside].map((folder) => mkdir(folder, { recursive: true })))
  for (const { path, contents } of outputFiles)
    await writeFile(join(path.endsWith('.map') ? aside : shipped, basename(path)), contents)
  return metafile
}

/** Packages of the older form ask for Node's own modules by `require`, which a module has to make for itself. */
const commonJsRequire = `import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);`
