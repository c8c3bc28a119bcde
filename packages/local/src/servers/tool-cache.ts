import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { ToolConfig } from '../config.ts'

/**
 * The folder `name` of the cache, filled by `fill` if it is not there yet. It appears whole or not at all, so that a
 * crash or two processes at once leave nothing half-filled.
 */
export async function cached(
  tools: ToolConfig,
  name: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const found = findCached(tools, name)
  if (found) return found
  const cache = [tools.cacheDir, tools.fallbackCacheDir].find(isWritable)
  if (!cache) throw new Error(`Neither ${tools.cacheDir} nor ${tools.fallbackCacheDir} can be written.`)
  const draft = mkdtempSync(join(cache, `.${name}-`))
  try {
    await fill(draft)
    return takePlace(draft, join(cache, name))
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/** The folder `name` of the cache, if it was filled before. */
export function findCached(tools: ToolConfig, name: string): string | undefined {
  return [tools.cacheDir, tools.fallbackCacheDir]
    .map((cache) => join(cache, name))
    .find((path) => existsSync(path))
}

/** The first of `names` that stands as a program in a folder of `path`. */
export function findOnPath(path: string, names: string[]): string | undefined {
  const folders = path.split(delimiter).filter((folder) => folder !== '')
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram)
}

export function isProgram(path: string): boolean {
  return isAllowed(path, constants.X_OK)
}

function takePlace(draft: string, folder: string): string {
  try {
    renameSync(draft, folder)
  } catch (error) {
    // Somebody else filled it meanwhile, from the same source.
    if (!existsSync(folder)) throw error
  }
  return folder
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true })
  } catch {
    return false
  }
  return isAllowed(folder, constants.W_OK)
}

function isAllowed(path: string, mode: number): boolean {
  try {
    accessSync(path, mode)
    return true
  } catch {
    return false
  }
}
