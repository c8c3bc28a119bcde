import { keep, mentioning, personal, technicalTable, unlinked } from '@candor/personal-data/data-map'
import type { TableMap } from '@candor/personal-data/data-map'

const evidence = {
  of: 'visitor',
  onErasure: keep('Evidence that the chat was used, for the period of the notice', { at: 'expires_at' }),
} as const
const handledBy = 'Shows who decided and who was told (GDPR articles 5(2), 24 and 28)'
/** Who decided something about people. */
export const handler = personal('compliance-records', { of: 'staff', onErasure: keep(handledBy) })
const ofCase = personal('compliance-records', { of: 'visitor', onErasure: 'delete' })
/** Every column of the registers and the logs, and whose it is. */
export const registersMap: Record<string, TableMap> = {
  // No id of a person stands in the log: a pseudonym does, from which nobody gets back to one.
  audit_entries: {
    forgottenBy: 'forget_audit_log',
    lives: 'The log of an account is as long as the account; taking an entry out would break its proofs',
    columns: {
      ...technicalTable('tenant_id', 'position', 'at', 'kind', 'role', 'what', 'purpose').columns,
      ...technicalTable('reason', 'object', 'detail', 'times').columns,
      who: unlinked(
        'compliance-records',
        'Shows who touched personal data (GDPR article 5(2)), by a pseudonym',
      ),
    },
  },
  cases: {
    clock: 'closed_at',
    subjects: { visitor: { by: { emails: 'email' } } },
    columns: {
      ...technicalTable('id', 'tenant_id', 'reference', 'topic', 'state').columns,
      ...technicalTable('opened_at', 'answered_at', 'closed_at').columns,
      name: ofCase,
      email: ofCase,
      message: ofCase,
      answer: ofCase,
    },
  },
  disclosures: {
    clock: ['exported_at', 'decided_at'],
    subjects: { staff: { by: { userIds: 'requested_by' } } },
    columns: {
      ...technicalTable('id', 'tenant_id', 'state', 'ground').columns,
      ...technicalTable('categories', 'silence', 'requested_at', 'decided_at', 'exported_at').columns,
      authority: mentioning('compliance-records'),
      reference: mentioning('compliance-records'),
      // Sealed, and found by its hash alone: the access answer tells the person of it, unless an order forbids that.
      sealed_email: unlinked('compliance-records', handledBy),
      address_hash: unlinked('compliance-records', handledBy),
      requested_by: handler,
      decided_by: handler,
      exported_by: handler,
    },
  },
  breaches: {
    clock: 'closed_at',
    columns: {
      ...technicalTable('id', 'tenant_id', 'noticed_at', 'categories', 'people', 'risk').columns,
      ...technicalTable('authority_notified_at', 'people_notified_at', 'closed_at').columns,
      what: mentioning('compliance-records'),
      measures: mentioning('compliance-records'),
    },
  },
  breach_deadlines: technicalTable('breach_id', 'tenant_id', 'at'),
  agreements: {
    lives: 'As long as the account that entered it',
    subjects: { staff: { by: { userIds: 'accepted_by' } } },
    columns: {
      ...technicalTable('tenant_id', 'agreement', 'version', 'accepted_at').columns,
      accepted_by: handler,
    },
  },
  acknowledgements: {
    lives: 'As long as the account of who gave it',
    subjects: { staff: { by: { userIds: 'user_id' } } },
    columns: {
      ...technicalTable('tenant_id', 'version').columns,
      user_id: handler,
      acknowledged_at: handler,
    },
  },
  evidence_log: {
    lives: 'Until the moment each row carries: promised when it was taken, whatever the notice says by then',
    subjects: { visitor: { by: { emails: 'email' } } },
    columns: {
      ...technicalTable('id', 'tenant_id', 'expires_at').columns,
      name: personal('evidence-log', { ...evidence, corrects: 'name' }),
      email: personal('evidence-log', { ...evidence, corrects: 'email' }),
      used_at: personal('evidence-log', evidence),
    },
  },
  evidence_deadlines: {
    ...technicalTable('evidence_id', 'tenant_id', 'at'),
    outlives: { reason: 'When each row of the evidence log goes' },
  },
  audit_nodes: {
    ...technicalTable('tenant_id', 'level', 'index', 'hash'),
    forgottenBy: 'forget_audit_log',
  },
  audit_heads: {
    ...technicalTable('tenant_id', 'size', 'jws', 'signed_at'),
    forgottenBy: 'forget_audit_log',
  },
}
