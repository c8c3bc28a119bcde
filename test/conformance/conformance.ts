import type { PackId } from '@candor/contracts/policy/tenant-rules'
import { clauseIds, clauses } from '@candor/policy/clauses'
import { servePages } from '../browser/serve-pages.ts'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { openMailbox } from '../story/mailbox.ts'
import { choosePack } from './choose-pack.ts'
import { startForeignSite } from './foreign-site.ts'
import { openInside } from './inside.ts'
import type { Inside } from './inside.ts'
import { lazyBrowser } from './lazy-browser.ts'
import { play } from './play.ts'
import type { Outcome, Scene } from './play.ts'
import { probes } from './probes.ts'
import { elsewhere, unproven } from './unproven.ts'
import { openBusiness } from './world.ts'
import type { Platform, World } from './world.ts'

/**
 * Shows the promises of the packs, each under its pack: on a platform of its own, whose clock moves, or on one that
 * runs already. Answers one outcome a clause, in the order of the packs; what no probe shows is unproven.
 */
export async function runConformance(options: Options): Promise<Outcome[]> {
  await using held = new AsyncDisposableStack()
  const { platform, inside, clock } = await (options.url
    ? openPlatform(held, options.url)
    : startPlatform(held, options.afterStart))
  const chosen = probes.filter(({ clause }) => options.isWanted(clause))
  const shown = chosen.filter(({ needsInside }) => inside || !needsInside)
  const packs = [...new Set(shown.map(({ clause }) => clauses[clause].pack))]
  const worlds = new Map(
    await Promise.all(packs.map(async (pack) => [pack, await worldOf(platform, pack)] as const)),
  )
  const scenes = shown.map((probe): Scene => {
    const world = worlds.get(clauses[probe.clause].pack)!
    const steps = probe.needsInside ? probe.show({ ...world, ...inside! }) : probe.show(world)
    return { clause: probe.clause, steps, lacks: probe.lacks }
  })
  const played = await play(scenes, clock, { ...options, sideBySide: 4 })
  const byClause = new Map(played.map((outcome) => [outcome.clause, outcome]))
  const notShown = (clause: (typeof clauseIds)[number]) => {
    const hasProbe = chosen.some((probe) => probe.clause === clause)
    const evidence =
      unproven[clause] ?? (hasProbe ? (inside ? 'interrupted' : elsewhere) : 'no probe shows it')
    return { clause, state: 'unproven' as const, evidence, tookMs: 0 }
  }
  return clauseIds
    .filter((clause) => options.isWanted(clause))
    .map((clause) => byClause.get(clause) ?? notShown(clause))
}

async function startPlatform(held: AsyncDisposableStack, afterStart: Options['afterStart']): Promise<Opened> {
  const stack = held.use(await startStack({ SWEEP_EVERY_MS: '1000', SIGN_UPS_PER_HOUR_MAX: '1000' }))
  held.use(await servePages(stack, stack.url))
  await afterStart?.(stack, held)
  return {
    platform: await reach(held, stack.url, stack.clock.now),
    inside: await openInside(stack),
    clock: { now: stack.clock.now, moveTo: async (time) => stack.clock.moveTo(time) },
  }
}

/** Its time is the present, and nothing that waits for another is asked of it. */
async function openPlatform(held: AsyncDisposableStack, url: string): Promise<Opened> {
  const now = () => new Date()
  const moveTo = () => Promise.reject(new Error('the clock of a platform elsewhere does not move'))
  return { platform: await reach(held, url, now), inside: undefined, clock: { now, moveTo } }
}

async function reach(held: AsyncDisposableStack, url: string, now: () => Date): Promise<Reached> {
  const site = held.use(await startForeignSite(url))
  const { browse } = held.use(lazyBrowser())
  return { url, mailbox: openMailbox(url), site, now, browse }
}

async function worldOf(platform: Reached, pack: PackId): Promise<World> {
  const business = await openBusiness(platform)
  await choosePack(platform, business, pack)
  return { ...platform, pack, business }
}

type Reached = Platform & Pick<World, 'site' | 'browse'>

interface Opened {
  platform: Reached
  inside: Inside | undefined
  clock: { now(): Date; moveTo(time: Date): Promise<void> }
}

interface Options {
  isWanted: (clause: string) => boolean
  /** Of a platform that runs already; without it one of its own is started. */
  url?: string | undefined
  /** Changes the platform of its own before anybody uses it. */
  afterStart?: ((stack: Stack, held: AsyncDisposableStack) => Promise<void>) | undefined
  signal: AbortSignal
  onOutcome: (outcome: Outcome) => void
}
