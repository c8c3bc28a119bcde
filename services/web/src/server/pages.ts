import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The built pages. They are small and read once; only their hashed assets are served from disk. */
export async function readPages(distFolder: string): Promise<Pages> {
  try {
    const [console, privacy, apiReference] = await Promise.all(
      ['console', 'privacy', 'api-reference'].map((name) => readFile(join(distFolder, `${name}.html`))),
    )
    return { console: console!, privacy: privacy!, apiReference: apiReference! }
  } catch (cause) {
    throw new Error('The pages are not built; `npm run build -w @candor/web` does it', { cause })
  }
}

export interface Pages {
  console: Buffer
  privacy: Buffer
  apiReference: Buffer
}
