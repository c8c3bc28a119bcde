import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '@candor/local/config'
import { cached, findOnPath } from '@candor/local/servers/tool-cache'
import { readCommandLine } from '@candor/runtime/command-line'
import { withoutExcepted } from '../exceptions.ts'
import { findKustomize } from '../kustomize/find-kustomize.ts'
import { render } from '../kustomize/render.ts'
import { linterExceptions } from './exceptions.ts'
import { linters } from './linters.ts'
import type { Linter } from './linters.ts'

/**
 * `npm run lint:deploy [-- --installed]`: shows every overlay to other people's linters. Those that this machine neither has
 * nor can install are named, and are no failure. With `--installed` none is installed.
 */
const { values } = readCommandLine(
  `Usage: npm run lint:deploy -- [--installed]
Shows every overlay to kube-linter, kube-score and checkov. --installed: installs none that is missing`,
  { options: { installed: { type: 'boolean', default: false } } },
)

async function main(): Promise<boolean> {
  const kustomize = await findKustomize(console.log)
  if (!kustomize) return true
  const folder = mkdtempSync(join(tmpdir(), 'candor-overlays-'))
  try {
    const files = overlays.map((overlay) => ({ overlay, file: join(folder, `${overlay}.yaml`) }))
    for (const { overlay, file } of files)
      writeFileSync(file, (await render(kustomize, join(overlaysDir, overlay))).text)
    const found = []
    for (const linter of linters) found.push(...(await lintWith(linter, files)))
    for (const line of found) console.log(line)
    return found.length === 0
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function lintWith(linter: Linter, files: { overlay: string; file: string }[]): Promise<string[]> {
  const program = await findLinter(linter).catch((error: Error) => {
    console.log(`NOT RUN here: ${linter.name}. ${error.message.trim().split('\n').at(-1)}`)
  })
  if (!program) return []
  const own = linterExceptions.filter(({ rule }) => rule.startsWith(`${linter.name} `))
  const found = []
  for (const { overlay, file } of files) {
    const lines = withoutExcepted(overlay, await linter.find(program, file), own)
    found.push(...lines.map((line) => `${overlay}: ${line}`))
  }
  console.log(`${linter.name}: ${found.length} findings in ${files.length} overlays.`)
  return found
}

/** The program on the PATH, else the version that we know, installed once into the cache. */
async function findLinter({ name, version, install }: Linter): Promise<string> {
  const { tools } = readConfig()
  const installed = findOnPath(tools.path, [name])
  if (installed) return installed
  const folder = await cached(tools, `${name}-${version}`, async (draft) => {
    if (values.installed) throw new Error('It is not installed.')
    console.log(`${name} is not installed; installing ${version}.`)
    await install(draft)
    chmodSync(draft, 0o755)
  })
  return join(folder, name)
}

const overlaysDir = join(import.meta.dirname, '../../overlays')
const overlays = readdirSync(overlaysDir)

process.exitCode = (await main()) ? 0 : 1
