import type { PackId } from '@candor/contracts/policy/tenant-rules'
import { clauses } from '@candor/policy/clauses'
import { choosePack } from '../../conformance/choose-pack.ts'
import { closeBusiness } from '../../conformance/close-business.ts'
import type { Steps } from '../../conformance/probe.ts'
import { probes } from '../../conformance/probes.ts'
import { openBusiness } from '../../conformance/world.ts'
import type { Business, InsideWorld } from '../../conformance/world.ts'
import { furnishTenant } from '../../derived/tenants.ts'
import { takeAlong } from './take-along.ts'
import { tellStory } from './tell-story.ts'
import { useEverything } from './use-everything.ts'

/**
 * What businesses and their visitors may do: everything that belongs to one is furnished, an account is closed, somebody
 * moves to another business, and all that the check of conformance plays.
 */
export function createDeeds(place: DeedsPlace): Deed[] {
  const businessUnder = openBusinesses(place)
  return [
    atOnce('furnish a business', () => furnishTenant(place, newCanary())),
    atOnce('close an account', async () =>
      closeBusiness({ ...place, pack: 'candor', business: await openBusiness(place) }),
    ),
    atOnce('take everything along', () => takeAlong(place, newCanary())),
    atOnce('use everything', () => useEverything(place, newCanary())),
    atOnce('a visitor’s chat', () => tellStory(place)),
    ...probes.map(({ clause, show }) => ({
      name: clause,
      async *play() {
        const { pack } = clauses[clause]
        const steps = show({ ...place, pack, business: await businessUnder(pack) })
        for (let step = await steps.next(); !step.done; step = await steps.next()) yield step.value
        return ''
      },
    })),
  ]
}

/** A business a pack, made when it is first asked for; anew, where it could not be. */
function openBusinesses(place: DeedsPlace): (pack: PackId) => Promise<Business> {
  const opened = new Map<PackId, Promise<Business>>()
  const open = async (pack: PackId, attempt = 1): Promise<Business> => {
    try {
      const business = await openBusiness(place)
      await choosePack(place, business, pack)
      return business
    } catch (err) {
      if (attempt === attemptsMax) throw err
      return open(pack, attempt + 1)
    }
  }
  return (pack) => {
    const business = opened.get(pack) ?? open(pack)
    opened.set(pack, business)
    return business
  }
}

const attemptsMax = 20

function atOnce(name: string, act: () => Promise<unknown>): Deed {
  const next = async () => {
    await act()
    return { done: true, value: '' } as const
  }
  return { name, play: () => ({ next }) }
}

function newCanary(): string {
  return `canary${Math.random().toString(36).slice(2)}`
}

/** Where they are done. */
export type DeedsPlace = Omit<InsideWorld, 'pack' | 'business'>

export interface Deed {
  name: string
  /** Each instant it yields is waited for. */
  play(): Steps
}
