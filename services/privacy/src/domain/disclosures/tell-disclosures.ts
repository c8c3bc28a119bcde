import type { ToldDisclosure } from '@candor/contracts/privacy/disclosures'
import { categories } from '@candor/policy/categories'
import type { Transaction } from 'kysely'
import { listExportedAbout } from '../../store/disclosures.ts'
import type { Database } from '../../store/tables.ts'
import type { Deps } from '../deps.ts'

/** What the person is told of disclosures about the address, but for those an order still forbids to tell. */
export async function tellDisclosures(
  trx: Transaction<Database>,
  deps: Deps,
  tenantId: string,
  emails: readonly string[],
): Promise<ToldDisclosure[]> {
  const now = deps.clock.now()
  const told: ToldDisclosure[] = []
  for (const email of emails) {
    const found = await listExportedAbout(trx, deps.sealer.hashAddress(tenantId, email))
    for (const { authority, ground, categories: ids, silence, exportedAt } of found) {
      const isSilent = silence && (silence.until === null || new Date(silence.until) > now)
      if (isSilent) continue
      const titles = ids.map((id) => categories[id].title)
      told.push({ authority, ground, categories: titles, disclosedAt: exportedAt! })
    }
  }
  return told
}
