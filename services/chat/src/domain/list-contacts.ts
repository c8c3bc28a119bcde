import type { chat } from '@candor/contracts/chat'
import type { InputOf, OutputOf } from '@candor/contracts/contract'
import { asTenant } from '@candor/runtime/tenancy'
import * as store from '../store/contact-list.ts'
import type { Deps, Staff } from './deps.ts'

/** A page of the contacts that staff may see. */
export async function listContacts(
  deps: Deps,
  { tenantId }: Staff,
  { search = '', afterId, limit }: InputOf<Row>,
): Promise<OutputOf<Row>> {
  const contacts = await asTenant(deps.db, tenantId, (trx) =>
    store.listContacts(trx, { tenantId, search, afterId, limit: limit + 1 }),
  )
  return { contacts: contacts.slice(0, limit), hasMore: contacts.length > limit }
}

type Row = (typeof chat)['procedures']['listContacts']
