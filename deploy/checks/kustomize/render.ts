import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { parseAllDocuments } from 'yaml'
import type { Manifest } from '../manifest.ts'
import type { Kustomize } from './find-kustomize.ts'

/** The objects of a kustomization's folder, what the program warned of, and how long it took. */
export async function render({ program, command }: Kustomize, folder: string): Promise<Rendered> {
  const startedAt = performance.now()
  const { stdout, stderr } = await promisify(execFile)(program, [command, folder], {
    maxBuffer: 64 * 2 ** 20,
  })
  const tookMs = performance.now() - startedAt
  return { text: stdout, objects: readObjects(stdout), warnings: stderr, tookMs }
}

/** Every document of a YAML text; a key given twice is an error. */
export function readObjects(text: string): Manifest[] {
  return parseAllDocuments(text).flatMap((document) => {
    if (document.errors.length > 0) throw document.errors[0]!
    return (document.toJS() as Manifest | null) ?? []
  })
}

export interface Rendered {
  readonly text: string
  readonly objects: Manifest[]
  readonly warnings: string
  readonly tookMs: number
}
