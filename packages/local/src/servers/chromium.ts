import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, createWriteStream, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createBrotliDecompress } from 'node:zlib'
import { readConfig } from '../config.ts'
import type { ToolConfig } from '../config.ts'
import { cached, findOnPath, isProgram } from './tool-cache.ts'

/**
 * A Chromium and how to launch it: the one CANDOR_CHROMIUM names, else one that is installed, else the one that came
 * with npm, which brings the libraries and fonts it needs.
 */
export async function findChromium(tools: ToolConfig = readConfig().tools): Promise<Chromium> {
  if (tools.chromium && !isProgram(tools.chromium)) {
    throw new Error(`CANDOR_CHROMIUM names ${tools.chromium}, which is not a program.`)
  }
  const executablePath = tools.chromium ?? findOnPath(tools.path, programNames)
  return executablePath ? { executablePath, args, env: {} } : bundledChromium(tools)
}

async function bundledChromium(tools: ToolConfig): Promise<Chromium> {
  if (`${process.platform}-${process.arch}` !== 'linux-x64') {
    throw new Error('No Chromium is installed. Install one, or name one in CANDOR_CHROMIUM.')
  }
  const packed = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '../bin')
  const { version } = JSON.parse(readFileSync(join(packed, '../package.json'), 'utf8'))
  const folder = await cached(tools, `chromium-${version}-${process.arch}`, async (target) => {
    await unpackProgram(join(packed, 'chromium.br'), join(target, 'chromium'))
    for (const name of ['al2023', 'fonts', 'swiftshader'])
      await unpackArchive(join(packed, `${name}.tar.br`), target)
  })
  writeFileSync(join(folder, 'fonts.conf'), fontConfig(folder))
  // The bundled libraries stand in for those a bare machine lacks and must not replace those it has.
  const env: Record<string, string> = { FONTCONFIG_PATH: folder }
  const executablePath = join(folder, 'chromium')
  if (lacksLibraries(executablePath)) env.LD_LIBRARY_PATH = join(folder, 'lib')
  return { executablePath, args, env }
}

async function unpackProgram(source: string, target: string): Promise<void> {
  await pipeline(
    createReadStream(source),
    createBrotliDecompress(),
    createWriteStream(target, { mode: 0o755 }),
  )
}

/** By way of a file: tar stops reading before the end of what is piped to it, and the pipe breaks. */
async function unpackArchive(source: string, target: string): Promise<void> {
  const archive = join(target, 'unpacking.tar')
  await pipeline(createReadStream(source), createBrotliDecompress(), createWriteStream(archive))
  const tar = spawn('tar', ['-xf', archive, '--no-same-owner', '-C', target], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code] = await once(tar, 'close')
  if (code !== 0) throw new Error(`${source} could not be unpacked`)
  rmSync(archive)
}

function lacksLibraries(program: string): boolean {
  try {
    return execFileSync('ldd', [program], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).includes(
      'not found',
    )
  } catch {
    return true
  }
}

function fontConfig(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`
}

const programNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

/** Only pages of our own are opened, and the sandbox needs rights that containers rarely give. */
const args = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu']

/** For `chromium.launch` of playwright-core; `env` is to be added to the process's own. */
export interface Chromium {
  readonly executablePath: string
  readonly args: string[]
  readonly env: Record<string, string>
}
