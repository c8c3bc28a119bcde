import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readConfig } from '@candor/local/config'
import { findOnPath } from '@candor/local/servers/tool-cache'
import { parseAllDocuments } from 'yaml'

/** What renders on this machine. */
export const kustomize: string | undefined = findOnPath(readConfig().tools.path, ['kubectl'])
if (!kustomize) console.warn('NOT TESTED here: anything that an overlay renders.')

/** The objects of an overlay. */
export async function render(overlay: string): Promise<Manifest[]> {
  const folder = join(import.meta.dirname, '../../deploy/overlays', overlay)
  const { stdout } = await promisify(execFile)(kustomize!, ['kustomize', folder], { maxBuffer: 64 * 2 ** 20 })
  return parseAllDocuments(stdout).flatMap((document) => (document.toJS() as Manifest | null) ?? [])
}

export interface Manifest {
  kind: string
  metadata: { name: string; namespace?: string; labels?: Record<string, string> }
}
