import type { chat } from '@candor/contracts/chat'
import { ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import type { OwnHandlersOf } from '@candor/service/own-handlers'
import { addContacts, importContacts } from './domain/add-contacts.ts'
import { checkContactChanges, identifyContacts } from './domain/check-contact-changes.ts'
import { closeConversation } from './domain/close-conversation.ts'
import { getConversationRecord } from './domain/conversation-record.ts'
import { countVisit } from './domain/count-visit.ts'
import type { Deps } from './domain/deps.ts'
import { getEvidenceOfUse } from './domain/evidence-of-use.ts'
import { listContacts } from './domain/list-contacts.ts'
import { listConversations } from './domain/list-conversations.ts'
import { listMessages } from './domain/list-messages.ts'
import { markRead } from './domain/mark-read.ts'
import { mergeContacts } from './domain/merge-contacts.ts'
import { exportConversations, importConversation } from './domain/portability.ts'
import { postMessage } from './domain/post-message.ts'
import { recordConversation } from './domain/record-conversation.ts'
import { setTyping } from './domain/set-typing.ts'
import { startConversation } from './domain/start-conversation.ts'
import { takeConversation } from './domain/take-conversation.ts'
import { updateContact } from './domain/update-contact.ts'
import { followConversation } from './live/follow-conversation.ts'
import { followInbox } from './live/follow-inbox.ts'
import { getContact } from './store/contacts.ts'
import { listVisitCounts } from './store/visits.ts'

/** A line per procedure that is chat's own. */
export function chatRouter(deps: Deps): OwnHandlersOf<typeof chat> {
  return {
    startConversation: (input, call) => startConversation(deps, call.caller, input),
    postMessage: (input, call) => postMessage(deps, call.caller, input),
    listMessages: (input, call) => listMessages(deps, call.caller, input),
    live: ({ conversationId, lastEventId }, call, send) => {
      if (conversationId) return followConversation(deps, call, { conversationId, lastEventId }, send)
      if (call.caller.kind === 'staff') return followInbox(deps, { ...call, caller: call.caller }, send)
      throw new ServiceError('bad-input', 'conversationId: name one', {
        fields: [{ path: 'conversationId', message: 'name one' }],
      })
    },
    listConversations: (input, call) => listConversations(deps, call.caller, input),
    recordConversation: (input, call) => recordConversation(deps, call.caller, input),
    takeConversation: (input, call) => takeConversation(deps, call.caller, input.conversationId),
    closeConversation: (input, call) => closeConversation(deps, call.caller, input.conversationId),
    markRead: (input, call) => markRead(deps, call.caller, input),
    setTyping: (input, call) => setTyping(deps, call.caller, input),
    getContact: ({ contactId }, { caller: { tenantId } }) =>
      asTenant(deps.db, tenantId, (trx) => getContact(trx, { tenantId, id: contactId })),
    updateContact: (input, call) => updateContact(deps, call.caller, input),
    listContacts: (input, call) => listContacts(deps, call.caller, input),
    mergeContacts: (input, call) => mergeContacts(deps, call.caller, input),
    addContacts: (input) => addContacts(deps, input),
    importContacts: (input) => importContacts(deps, input),
    identifyContacts: (input) => identifyContacts(deps, input),
    checkContactChanges: (input) => checkContactChanges(deps, input),
    countVisit: (input, call) => countVisit(deps, call, input),
    listVisitCounts: (input, { caller: { tenantId } }) =>
      asTenant(deps.db, tenantId, (trx) => listVisitCounts(trx, { tenantId, ...input })),
    exportConversations: (input) => exportConversations(deps, input),
    importConversation: (input) => importConversation(deps, input),
    getConversationRecord: (input) => getConversationRecord(deps, input),
    getEvidenceOfUse: (input) => getEvidenceOfUse(deps, input),
  }
}
