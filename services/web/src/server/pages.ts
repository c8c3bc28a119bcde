import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The two built pages. They are small and read once; only their hashed assets are served from disk. */
export async function readPages(distFolder: string): Promise<Pages> {
  try {
    const [console, privacy] = await Promise.all([
      readFile(join(distFolder, 'console.html')),
      readFile(join(distFolder, 'privacy.html')),
    ])
    return { console, privacy }
  } catch (cause) {
    throw new Error('The pages are not built; `npm run build -w @candor/web` does it', { cause })
  }
}

export interface Pages {
  console: Buffer
  privacy: Buffer
}
