import { readdir } from 'node:fs/promises'
import type { Storage } from './storage.ts'

/** What is in an image that does not belong there. */
export async function strangersIn({ podman }: Pick<Storage, 'podman'>, tag: string): Promise<string[]> {
  const folder = await podman('image', 'mount', tag)
  try {
    const paths = await readdir(folder, { recursive: true })
    return paths.filter((path) => strangers.some((pattern) => pattern.test(path)))
  } finally {
    await podman('image', 'unmount', tag)
  }
}

const strangers = [
  /(^|\/)node_modules$/,
  /(^|\/)(sh|bash|dash|busybox|apt|dpkg|npm|npx|yarn|corepack)$/,
  /\.(ts|tsx|map)$/,
  /(^|\/)package(-lock)?\.json$/,
]
