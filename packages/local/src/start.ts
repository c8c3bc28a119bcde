import { relative } from 'node:path'
import { readCommandLine } from '@candor/runtime/command-line'
import { readConfig } from './config.ts'
import type { LocalConfig } from './config.ts'
import { printProgress } from './stack/progress.ts'
import { startStack } from './stack/stack.ts'
import type { Stack } from './stack/stack.ts'

const startedAt = Date.now()
readCommandLine(
  `Usage: npm start
Starts the platform with a demo business, and tells its address. CANDOR_PORT and CANDOR_DATA move address and data.`,
  {},
)

async function main(): Promise<void> {
  const config = readConfig()
  const interrupted = untilSignal()
  console.log(`Starting Candor with its data in ${shown(config.dataDir)}`)
  const starting = startStack(config, printProgress(startedAt)).catch((error: Error) => {
    console.error(`\nCandor did not start. ${error.message}`)
    process.exit(1)
  })
  const stack = await Promise.race([starting, interrupted])
  if (typeof stack === 'string') {
    // Whatever is half up survives being killed; nobody waits for a start to end in order to stop.
    console.log('Stopped while starting.')
    process.exit(0)
  }
  printReady(stack, config)
  await interrupted
  await stop(stack)
}

async function stop(stack: Stack): Promise<never> {
  console.log('Stopping Candor.')
  const stoppingAt = Date.now()
  setTimeout(() => process.exit(1), 4_900).unref()
  await stack.stop()
  console.log(`Stopped in ${((Date.now() - stoppingAt) / 1000).toFixed(1)} s.`)
  process.exit(0)
}

/**
 * One Ctrl-C arrives up to three times: from the terminal, from npm and from the bootstrap. What comes within a second
 * of the first is the same one; a later one means now.
 */
function untilSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let firstAt: number | undefined
    const onSignal = (signal: NodeJS.Signals) => {
      if (firstAt !== undefined && Date.now() - firstAt > 1_000) process.exit(130)
      firstAt ??= Date.now()
      resolve(signal)
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  })
}

function printReady({ publicUrl, shopUrl, paymentsUrl, demo }: Stack, { dataDir }: LocalConfig): void {
  console.log(`
Candor is ready: ${publicUrl}

  Owner     ${demo.owner.email}  ${demo.owner.password}
  Agent     ${demo.agent.email}  ${demo.agent.password}
  Shop      ${shopUrl}
  Privacy   ${publicUrl}/privacy/${demo.slug}
  Mail      ${publicUrl}/mail
  Payments  ${paymentsUrl}
  Logs      ${shown(dataDir)}/logs

Started in ${((Date.now() - startedAt) / 1000).toFixed(1)} s. Ctrl-C stops it; npm run reset forgets its data.`)
}

function shown(path: string): string {
  const fromHere = relative(process.cwd(), path)
  return fromHere.startsWith('..') ? path : fromHere
}

await main().catch((error: Error) => {
  console.error(error.message)
  process.exit(1)
})
