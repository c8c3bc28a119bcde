import { join } from 'node:path'
import { readCommandLine } from '@candor/runtime/command-line'
import { images } from '../places.ts'
import { buildTwice } from './build-twice.ts'
import type { Built } from './build-twice.ts'
import { checkService, startService } from './check-service.ts'
import { runJob } from './container.ts'
import { megabytes, seconds } from './figures.ts'
import { interruption } from './interruption.ts'
import { manifestFlags } from './manifest-flags.ts'
import { openPlatform } from './platform.ts'
import type { Platform } from './platform.ts'
import { openStorage } from './storage.ts'
import type { Storage } from './storage.ts'
import { versions, whyNot } from './tools.ts'

/** Answers the exit code: 0 where all is in order, 1 where it is not, 2 where nothing could be tested. */
async function main(services: readonly string[]): Promise<number> {
  const reason = await whyNot()
  if (reason) {
    console.error(`Images cannot be checked on this machine: ${reason}. Nothing of them was tested.`)
    return 2
  }
  console.log(`${await versions()}; on this machine's Node ${process.versions.node} and nothing else`)
  const interrupted = interruption().then(() => 130)
  await using storage = await openStorage()
  await using platform = await openPlatform(join(storage.folder, 'platform'))
  return await Promise.race([checkAll(storage, platform, services), interrupted])
}

async function checkAll(storage: Storage, platform: Platform, services: readonly string[]): Promise<number> {
  const built = await buildTwice(storage, services)
  const image = built.find(({ service }) => service !== 'web')?.image
  if (image) await provision(storage, platform, image)
  const [identity] = built.filter(({ service }) => service === 'identity')
  const others = built.filter((one) => one !== identity)
  // The others ask it who may call them, and while it is away they end only once they have given up on that.
  const helper = identity && (await startService(storage, platform, identity))
  let wrong = 0
  for (const one of others) wrong += await check(storage, platform, one)
  await helper?.remove()
  if (identity) wrong += await check(storage, platform, identity)
  return wrong === 0 ? 0 : 1
}

/** Answers how much was wrong. */
async function check(storage: Storage, platform: Platform, one: Built): Promise<number> {
  const seen = await checkService(storage, platform, one)
  const problems = [...one.problems, ...seen.problems]
  console.log(
    `${one.service.padEnd(12)} ready in ${seconds(seen.readyMs)}, ${megabytes(seen.usedBytes)} in use, ` +
      `drained in ${seconds(seen.drainMs)}: ${problems.join('; ') || 'in order'}`,
  )
  return problems.length
}

/** As the administrator's jobs do, from any service's image. */
async function provision(storage: Storage, platform: Platform, image: string): Promise<void> {
  for (const what of ['databases', 'streams'] as const) {
    const as = manifestFlags(`platform/provision/${what}.yaml`)
    const files = { [platform.streamsFile]: '/run/streams.json' }
    const program = ['provision.mjs', what]
    await runJob(storage, { name: `provision-${what}`, image, as, settings: platform[what], files, program })
  }
}

const { values, choose } = readCommandLine(
  `Usage: npm run image:check -- [--only SERVICE]...
Builds each image twice without Docker, and runs it as a cluster would. SERVICE: ${images.join(', ')}`,
  { options: { only: { type: 'string', multiple: true, default: [...images] } } },
)
process.exit(await main(choose('image', values.only, images)))
