import { answers, runTool } from '../run-tool.ts'

/** Why images cannot be built and run on this machine; undefined where they can. */
export async function whyNot(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'containers need Linux'
  if (process.getuid?.() !== 0)
    return 'it takes root, to read what a container may do and to limit its memory'
  const needed = ['buildah', 'podman', 'runc']
  const there = await Promise.all(needed.map((tool) => answers(tool, ['--version'])))
  const missing = needed.filter((_, place) => !there[place])
  if (missing.length === 0) return undefined
  return `${missing.join(', ')} is missing (Debian: apt-get install --no-install-recommends buildah podman runc binutils)`
}

export async function versions(): Promise<string> {
  const lines = await Promise.all(['buildah', 'podman', 'runc'].map((tool) => runTool(tool, ['--version'])))
  return lines.map((text) => text.split('\n')[0]!.replace(' version', '').replace(/ \(.*/, '')).join(', ')
}
