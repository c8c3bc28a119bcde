import { contactChanged, contactsMerged, conversationClosed } from '@candor/contracts/chat/events'
import { staffChanged } from '@candor/contracts/identity/events'
import { on } from '@candor/events/listener'
import type { Listener } from '@candor/events/listener'
import { archiveConversation, fetchConversation } from './domain/archive-conversation.ts'
import type { Deps } from './domain/deps.ts'
import { fetchContact, followContact, joinContacts } from './domain/follow-contact.ts'
import { fetchStaffName, followStaffName } from './domain/follow-staff-name.ts'

export function transcriptsListeners(deps: Deps): Listener[] {
  return [
    on(conversationClosed, {
      prepare: ({ conversationId }, { tenantId }) => fetchConversation(deps, tenantId, conversationId),
      apply: (trx, _, facts, fetched) => archiveConversation(deps, trx, facts, fetched),
    }),
    on(contactChanged, {
      prepare: (payload, { tenantId }) => fetchContact(deps, tenantId, payload),
      apply: (trx, { contactId }, { tenantId }, contact) => followContact(trx, tenantId, contactId, contact),
    }),
    on(contactsMerged, {
      prepare: async ({ contactId, formerId }, { tenantId }) =>
        (await fetchContact(deps, tenantId, { contactId: formerId })) ??
        fetchContact(deps, tenantId, { contactId }),
      apply: (trx, payload, { tenantId }, contact) => joinContacts(trx, tenantId, payload, contact),
    }),
    on(staffChanged, {
      prepare: ({ userId }, { tenantId }) => fetchStaffName(deps, tenantId, userId),
      apply: (trx, { userId }, { tenantId }, name) => followStaffName(trx, tenantId, userId, name),
    }),
  ]
}
