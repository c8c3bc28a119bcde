import { join } from 'node:path'
import { guardedFolder } from '@candor/local/processes/guarded-folder'
import { openArmory } from '../crash/armory.ts'
import { playSomeSites } from '../crash/play-some-sites.ts'
import { startPatientDoor } from '../platform/patient-door.ts'
import { startPlatform } from '../platform/start-platform.ts'
import type { Act } from './act.ts'

/**
 * Every commit, publish, acknowledgement and mail that there is in the source kills its process once, just before or after,
 * while messages are written and people do all that can be done. Nothing is lost, and what was begun is ended. The short
 * form takes some of the crash points that furnishing a business comes to.
 */
export const crashPoints: Act = {
  name: 'crash points',
  async playAlone(options) {
    await using held = new AsyncDisposableStack()
    const { path: folder } = held.use(guardedFolder('crash'))
    const armory = openArmory(folder)
    const platform = held.use(
      await startPlatform({
        say: options.say,
        preload: join(import.meta.dirname, '../crash/crash-points.ts'),
        environment: { CHAOS_CRASH_DIR: folder, ...quick },
      }),
    )
    const door = held.use(await startPatientDoor(platform.url))
    // Only here: what people do comes with what the conformance suite does, and that looks for a renderer of manifests.
    const play =
      options.form === 'long' ? (await import('../crash/play-every-site.ts')).playEverySite : playSomeSites
    return await play({ ...options, platform, armory, url: door.url })
  },
}

/** What is done now and then is done often, and nobody is asked to come back later. */
const quick = {
  SWEEP_EVERY_MS: '1000',
  SIGN_UPS_PER_HOUR_MAX: '100000',
  REQUESTS_PER_HOUR_REMOTE_MAX: '100000',
  WRONG_PASSWORDS_PER_REMOTE_FREE: '100000',
}
