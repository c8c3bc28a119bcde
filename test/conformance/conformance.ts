import type { PackId } from '@candor/contracts/policy/tenant-rules'
import { clauseIds, clauses } from '@candor/policy/clauses'
import { startStack } from '../stack.ts'
import { choosePack } from './choose-pack.ts'
import { play } from './play.ts'
import type { Outcome } from './play.ts'
import { platformOf } from './platform.ts'
import { probes } from './probes.ts'
import { openBusiness } from './world.ts'
import type { Platform, World } from './world.ts'

/**
 * Shows the promises of the packs on a platform of its own, whose clock moves, each under its pack. Answers one outcome
 * a clause, in the order of the packs; what no probe shows is unproven.
 */
export async function runConformance(options: Options): Promise<Outcome[]> {
  await using stack = await startStack({ SWEEP_EVERY_MS: '1000' })
  const platform = platformOf(stack)
  const chosen = probes.filter(({ clause }) => options.isWanted(clause))
  const packs = [...new Set(chosen.map(({ clause }) => clauses[clause].pack))]
  const worlds = new Map(
    await Promise.all(packs.map(async (pack) => [pack, await worldOf(platform, pack)] as const)),
  )
  const scenes = chosen.map((probe) => ({ probe, world: worlds.get(clauses[probe.clause].pack)! }))
  const clock = { now: platform.now, moveTo: async (time: Date) => stack.clock.moveTo(time) }
  const outcomes = await play(scenes, clock, { ...options, sideBySide: 4 })
  const byClause = new Map(outcomes.map((outcome) => [outcome.clause, outcome]))
  return clauseIds
    .filter((clause) => options.isWanted(clause))
    .map(
      (clause) =>
        byClause.get(clause) ?? { clause, state: 'unproven', evidence: 'no probe shows it', tookMs: 0 },
    )
}

async function worldOf(platform: Platform, pack: PackId): Promise<World> {
  const business = await openBusiness(platform)
  await choosePack(platform, business, pack)
  return { ...platform, pack, business }
}

interface Options {
  isWanted: (clause: string) => boolean
  signal: AbortSignal
  onOutcome: (outcome: Outcome) => void
}
