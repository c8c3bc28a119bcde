import { createPeople } from '../../story/world.ts'
import type { People } from '../../story/world.ts'
import { openPerson } from '../person.ts'
import type { Person } from '../person.ts'
import type { Platform } from '../platform.ts'

/** Who plays: the owner, an agent and a visitor, each before a browser of their own. */
export async function openStage(platform: Platform): Promise<Stage> {
  const [owner, agent, visitor] = await Promise.all([
    openPerson(platform.browser),
    openPerson(platform.browser),
    openPerson(platform.browser),
  ])
  return {
    platform,
    people: createPeople(),
    owner,
    agent,
    visitor,
    async [Symbol.asyncDispose]() {
      await Promise.all([owner, agent, visitor].map(({ context }) => context.close()))
    },
  }
}

export interface Stage extends AsyncDisposable {
  platform: Platform
  people: People
  owner: Person
  agent: Person
  visitor: Person
}
