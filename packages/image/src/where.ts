import { existsSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { join } from 'node:path'
import { readCommandLine } from '@candor/runtime/command-line'
import { images, rootDir } from './places.ts'

// Reads a stack frame of a running image: where in the sources it is, by the maps that were kept aside when it was built.
const { positionals, refuse, choose } = readCommandLine(
  'Usage: npm run image:where -- SERVICE FRAME, as in: chat chunk-ABC.mjs:12:345',
  { allowPositionals: true },
)
const [service = refuse('Say of which service.'), frame = refuse('Say which frame.')] = positionals
choose('image', [service], images)
const [, file, line, column] = /([\w-]+\.mjs):(\d+):(\d+)\)?$/.exec(frame) ?? []
if (!file) refuse(`"${frame}" is no frame of a stack.`)
const map = join(rootDir, '.candor/image', service, 'aside', `${file}.map`)
if (!existsSync(map)) fail(`${map} is missing: build the image of this commit, or put its maps there`)
const entry = new SourceMap(JSON.parse(readFileSync(map, 'utf8'))).findEntry(
  Number(line) - 1,
  Number(column) - 1,
)
if (!('originalSource' in entry)) fail('nothing of the sources stands there')
console.log(
  `${entry.originalSource.replace(/^(\.\.\/)+/, '')}:${entry.originalLine + 1}:${entry.originalColumn + 1}`,
)

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}
