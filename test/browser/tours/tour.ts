import { audit } from '../audit.ts'
import { openPerson } from '../person.ts'
import type { Person } from '../person.ts'
import type { Platform } from '../platform.ts'

/** Leads people along pages and answers everything that was wrong with what they saw. */
export async function findProblems(platform: Platform, tour: Tour): Promise<string[]> {
  await using people = new AsyncDisposableStack()
  const found: string[] = []
  await tour({
    platform,
    async open() {
      const person = await openPerson(platform.browser)
      people.defer(() => person.context.close())
      return person
    },
    async see(person, state) {
      found.push(...(await audit(person, state)))
    },
  })
  return found
}

export type Tour = (guide: Guide) => Promise<void>

interface Guide {
  platform: Platform
  /** Somebody new, until the tour ends. */
  open(): Promise<Person>
  /** Has what `person` sees now examined, and names it so. */
  see(person: Person, state: string): Promise<void>
}
