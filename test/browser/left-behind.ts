import type { Cookie } from '@candor/contracts/policy/policy'
import type { Person } from './person.ts'

/** Something that pages left in a browser, or a host they told of the visit. */
export interface Found {
  storage: string
  name: string
}

/** Everything that pages have left in somebody's browser by now, and every host but those of `hosts` that they told. */
export async function leftBehind(
  { context, page, requests }: Person,
  hosts: readonly string[],
): Promise<Found[]> {
  const kept = await page.evaluate(async () => ({
    'local-storage': Object.keys({ ...localStorage }),
    'session-storage': Object.keys({ ...sessionStorage }),
    database: (await indexedDB.databases()).map(({ name }) => name ?? ''),
    cache: 'caches' in window ? await caches.keys() : [],
  }))
  const told = new Set(requests.map((address) => new URL(address).hostname))
  const found = {
    ...kept,
    cookie: (await context.cookies()).map(({ name }) => name),
    pixel: [...told].filter((host) => host !== '' && !hosts.includes(host)),
  }
  return Object.entries(found).flatMap(([storage, names]) => names.map((name) => ({ storage, name })))
}

/** What of it the register does not declare. */
export function undeclared(register: readonly Cookie[], found: readonly Found[]): Found[] {
  return found.filter((one) => !register.some((declared) => declares(declared, one)))
}

export function declares({ storage, name: pattern }: Cookie, found: Found): boolean {
  const isNamed = pattern.endsWith('*') ? found.name.startsWith(pattern.slice(0, -1)) : found.name === pattern
  return found.storage === storage && isNamed
}
