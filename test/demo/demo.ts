import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readCommandLine } from '@candor/runtime/command-line'
import { startLine } from '@candor/testing/line'
import { openMailbox } from '../story/mailbox.ts'
import { playStory } from '../story/story.ts'
import { createWorld } from '../story/world.ts'

const { values } = readCommandLine(
  `Usage: npm run demo -- [--url URL]
Plays the story on a running platform, that of npm start unless another is named, and says how long each part took.`,
  { options: { url: { type: 'string', default: `http://localhost:${process.env.CANDOR_PORT ?? 8080}` } } },
)
const url = values.url.replace(/\/+$/, '')

try {
  await using line = await startLine(url)
  const world = createWorld({ url, mailbox: openMailbox(url), line })
  let number = 0
  const { receipt, erasureMs } = await playStory(world, async (title, play) => {
    const startedAt = performance.now()
    process.stdout.write(`${++number}. ${title.padEnd(58, ' ')}`)
    const outcome = await play()
    process.stdout.write(`${(performance.now() - startedAt).toFixed(0).padStart(6)} ms\n`)
    return outcome
  })
  console.log(
    `\nThe erasure took ${(erasureMs / 1000).toFixed(2)} s. Its receipt, checked without the platform:\n`,
  )
  verifyOffline(receipt)
  console.log('\nEverything was as promised.')
} catch (err) {
  console.error(`\n\nThe story broke off: ${describe(err)}`)
  process.exitCode = 1
}

function verifyOffline(receipt: object): void {
  const folder = mkdtempSync(join(tmpdir(), 'candor-receipt-'))
  try {
    const file = join(folder, 'receipt.json')
    writeFileSync(file, JSON.stringify(receipt))
    const verifier = new URL('../../services/privacy/src/verify-receipt.ts', import.meta.url).pathname
    console.log(execFileSync(process.execPath, [verifier, file], { encoding: 'utf8' }).trimEnd())
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function describe(err: unknown): string {
  const lines = []
  for (let cause = err; cause instanceof Error; cause = cause.cause) lines.push(cause.message)
  if (/fetch failed/.test(lines.join())) lines.push(`is Candor running at ${url}? Start it with: npm start`)
  return lines.join('\n  because: ')
}
