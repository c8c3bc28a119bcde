import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { findKustomize } from '@candor/deploy/checks/kustomize/find-kustomize'
import { render as renderFolder } from '@candor/deploy/checks/kustomize/render'
import type { Rendered } from '@candor/deploy/checks/kustomize/render'
import type { Manifest } from '@candor/deploy/checks/manifest'

export const deployDir = join(import.meta.dirname, '../../deploy')

export const overlays = readdirSync(join(deployDir, 'overlays'))

/** What renders on this machine; undefined where nothing does, and then nothing rendered is tested. */
export const kustomize = await findKustomize((line) => console.warn(line))

if (kustomize) console.log(`Overlays are rendered by ${kustomize.program} (Kustomize ${kustomize.version}).`)
else console.warn('NOT TESTED here: anything that an overlay renders.')

/** The objects of an overlay. Each caller gets its own. */
export async function render(overlay: string): Promise<Manifest[]> {
  return structuredClone((await renderOverlay(overlay)).objects)
}

/** The same with the text they were read from; rendered once for all tests. */
export function renderOverlay(overlay: string): Promise<Rendered> {
  const running = rendered.get(overlay) ?? renderAnew(overlay)
  rendered.set(overlay, running)
  return running
}

export function renderAnew(overlay: string): Promise<Rendered> {
  if (!kustomize) throw new Error('Nothing renders overlays here.')
  return renderFolder(kustomize, join(deployDir, 'overlays', overlay))
}

const rendered = new Map<string, Promise<Rendered>>()
