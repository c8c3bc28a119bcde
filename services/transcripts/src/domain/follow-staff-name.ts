import type { Transaction } from 'kysely'
import { setAuthorName } from '../store/entries.ts'
import type { Database } from '../store/tables.ts'
import type { Deps } from './deps.ts'

/** The present name of a member of staff, if identity still knows them. */
export async function fetchStaffName(
  deps: Deps,
  tenantId: string,
  userId: string,
): Promise<string | undefined> {
  const names = await deps.identity.getStaffNames.query({ tenantId, userIds: [userId] })
  return names.find((staff) => staff.userId === userId)?.name
}

/** What they wrote is shown under the name they have now. */
export async function followStaffName(
  trx: Transaction<Database>,
  tenantId: string,
  userId: string,
  name: string | undefined,
): Promise<void> {
  if (name !== undefined) await setAuthorName(trx, tenantId, userId, name)
}
