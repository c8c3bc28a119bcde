import { join } from 'node:path'
import type { ActOptions } from '../acts/act.ts'
import type { Problem } from '../check/check-history.ts'
import { startTraffic } from '../load/traffic.ts'
import { startPlatform } from '../platform/start-platform.ts'
import type { PlantedFault } from './planted-faults.ts'

/** Strikes a platform in which the fault is planted a few times under traffic, and answers what the checker found. */
export async function playPlanted(
  fault: PlantedFault,
  { signal, say }: Pick<ActOptions, 'signal' | 'say'>,
): Promise<Problem[]> {
  await using platform = await startPlatform({
    say,
    preload: join(import.meta.dirname, 'plant.ts'),
    environment: { CHAOS_PLANTED: fault.name },
  })
  await using traffic = await startTraffic(platform, { messages, conversations: 6, signal })
  for (let strike = 1; strike <= strikes && !signal.aborted; strike++) {
    await traffic.untilStored((strike * messages) / (strikes + 1))
    fault.strike(platform, traffic)
  }
  await traffic.written
  return signal.aborted ? [] : await traffic.compare({ stuckMs: 8_000 })
}

const messages = 600
const strikes = 4
