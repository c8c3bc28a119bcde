import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'

/** Bytes, compressed, that a browser fetches before each page can start, and each part of the widget. */
export async function pageSizes(): Promise<Record<string, number>> {
  const sizes: Record<string, number> = {}
  for (const page of ['console', 'privacy', 'api-reference']) {
    const html = await readFile(new URL(`${page}.html`, dist))
    const assets = html.toString().matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)
    const files = await Promise.all([...assets].map(([, path]) => readFile(new URL(path!, dist))))
    sizes[page] = [html, ...files].reduce((sum, file) => sum + compressed(file), 0)
  }
  for (const part of ['widget', 'widget-after', 'widget-consent'])
    sizes[part] = compressed(await readFile(new URL(import.meta.resolve(`@candor/widget/dist/${part}.js`))))
  return sizes
}

/** The sizes as they were last written down. */
export async function readRecord(): Promise<Record<string, number>> {
  return JSON.parse(await readFile(record, 'utf8'))
}

export const record = new URL('../page-sizes.json', import.meta.url)

function compressed(file: Buffer): number {
  return gzipSync(file, { level: 9 }).length
}

const dist = new URL('../dist/', import.meta.url)
