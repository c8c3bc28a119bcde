import { clientsOf } from '../story/clients.ts'
import { createPeople } from '../story/world.ts'
import type { People } from '../story/world.ts'

/** A business with its owner, opened through the API where the test is about something else. */
export async function newBusiness(url: string, company?: string): Promise<NewBusiness> {
  const people = createPeople()
  const account = { ...people.owner, company: company ?? people.company, country: 'DE' }
  const { business, accessToken } = await clientsOf(url).identity.signUp.mutate(account)
  return { people, business, accessToken }
}

export interface NewBusiness {
  people: People
  business: { id: string; slug: string; widgetKey: string }
  accessToken: string
}
