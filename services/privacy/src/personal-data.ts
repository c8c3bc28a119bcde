import { mailTablesMap } from '@candor/mail/data-map'
import { dataMap, keep, personal, published, technical, technicalTable } from '@candor/personal-data/data-map'
import { eventTablesMap } from '@candor/personal-data/event-tables'
import { handler, registersMap } from './registers-data.ts'

const proof =
  'Proof that the request was served, for 3 years after the end of the year of its completion (GDPR article 5(2))'
const request = personal('rights-requests', {
  of: 'visitor',
  onErasure: keep(proof, { from: 'opened_at', years: 3 }),
})
const receipt = personal('rights-requests', {
  of: 'visitor',
  onErasure: keep(proof, { from: 'issued_at', years: 3 }),
})
const note = personal('rights-requests', {
  of: 'visitor',
  onErasure: keep(proof, { from: 'at', years: 3 }),
})
const part = personal('rights-requests', {
  of: 'visitor',
  onErasure: keep(proof, { from: 'passed_on_at', years: 3 }),
})
const closer = personal('rights-requests', {
  of: 'staff',
  onErasure: keep('Proof of who closed the account, and when (GDPR article 5(2))', {
    from: 'closed_at',
    years: 3,
  }),
})
const address = personal('rights-requests', { of: 'visitor', onErasure: 'delete' })
const preference = personal('marketing-preference', { of: 'visitor', onErasure: 'delete' })
const choice = personal('consent-records', { of: 'visitor', onErasure: 'delete' })

const closingItself = 'Ids by which the closing is carried out and proven'
const withRequest = { table: 'requests', column: 'request_id', key: 'id' } as const

/**
 * Every column the privacy service stores, and whose it is. A person is known here by a random id that all their
 * proven requests share; it travels among a subject's visitor ids, and no other service knows it.
 */
export const privacyData = dataMap('privacy', {
  ...eventTablesMap,
  ...mailTablesMap,
  // Changes of consent are about their subject; who was briefed stands in key and payload, and goes after a week.
  outbox: {
    ...eventTablesMap.outbox!,
    subjects: {
      visitor: { by: { visitorIds: 'subject_id', userIds: 'subject_id' } },
      staff: { by: { userIds: 'subject_id' } },
    },
    columns: {
      ...eventTablesMap.outbox!.columns,
      stream_key: handler,
      payload: handler,
    },
  },
  requests: {
    subjects: { visitor: { by: { visitorIds: 'person_id' } } },
    clock: 'ended_at',
    columns: {
      ...technicalTable('tenant_id', 'business_name', 'business_slug').columns,
      id: request,
      person_id: request,
      kind: request,
      state: request,
      opened_at: request,
      proven_at: request,
      due_at: request,
      ended_at: request,
      source: request,
      is_direct: request,
      proof_how: request,
      extended_at: request,
      extension_reason: request,
      decision: request,
      decided_at: request,
      decision_reason: request,
      in_force_since: request,
      in_force_until: request,
      instruction_id: request,
    },
  },
  instructions: {
    subjects: { staff: { by: { userIds: 'staff_id' } } },
    clock: 'opened_at',
    columns: {
      ...technicalTable('id', 'tenant_id', 'does', 'items', 'added', 'opened_at', 'stopped_at', 'jws')
        .columns,
      staff_id: personal('rights-requests', {
        of: 'staff',
        onErasure: keep(proof, { from: 'opened_at', years: 3 }),
      }),
    },
  },
  sealed_addresses: {
    subjects: { visitor: { by: { visitorIds: 'person_id' } } },
    expires: withRequest,
    columns: {
      ...technicalTable('request_id', 'tenant_id').columns,
      person_id: address,
      sealed: address,
      address_hash: address,
      sealed_at: address,
    },
  },
  receipts: {
    subjects: { visitor: { through: 'requests', column: 'request_id', key: 'id' } },
    expires: withRequest,
    columns: { ...technicalTable('request_id', 'tenant_id').columns, jws: receipt, issued_at: receipt },
  },
  disposal_receipts: technicalTable('id', 'tenant_id', 'jws'),
  proofs: {
    ...technicalTable(
      'request_id',
      'tenant_id',
      'proof_hash',
      'expires_at',
      'used_at',
      'failures',
      'failed_at',
    ),
    expires: withRequest,
  },
  // A request's own working copy, sealed; it goes when the request ends.
  request_details: { ...technicalTable('request_id', 'tenant_id', 'sealed'), expires: withRequest },
  request_notes: {
    subjects: {
      visitor: { through: 'requests', column: 'request_id', key: 'id' },
      staff: { by: { userIds: 'staff_id' } },
    },
    expires: withRequest,
    columns: {
      ...technicalTable('id', 'request_id', 'tenant_id').columns,
      at: note,
      what: note,
      note,
      staff_id: personal('rights-requests', {
        of: 'staff',
        onErasure: keep(proof, { from: 'at', years: 3 }),
      }),
    },
  },
  request_parts: {
    subjects: { visitor: { through: 'requests', column: 'parent_id', key: 'id' } },
    expires: { table: 'requests', column: 'parent_id', key: 'id' },
    columns: {
      ...technicalTable('parent_id', 'tenant_id', 'part_tenant_id').columns,
      part_id: part,
      passed_on_at: part,
    },
  },
  request_timers: technicalTable('request_id', 'tenant_id', 'what', 'at'),
  request_deadlines: technicalTable('request_id', 'tenant_id', 'what', 'at'),
  erasures: {
    outlives: { reason: closingItself },
    columns: {
      ...technicalTable('request_id', 'tenant_id', 'round', 'plan').columns,
      // The running erasure's own working copy, sealed: an erasure that deleted it could not go on. The transaction
      // that issues the receipt does.
      sealed_subject: technical,
    },
  },
  request_steps: {
    outlives: { reason: closingItself },
    ...technicalTable('request_id', 'tenant_id', 'service', 'step', 'done_at', 'report'),
    expires: withRequest,
  },
  saga_queue: {
    ...technicalTable('request_id', 'tenant_id', 'due_at', 'attempts', 'rank', 'lease', 'leased_until'),
    outlives: { reason: closingItself },
  },
  policy_drafts: {
    columns: {
      ...technicalTable('tenant_id', 'pack', 'saved_at').columns,
      policy: published('The draft of what a business announces'),
    },
  },
  notice_versions: {
    columns: {
      ...technicalTable('tenant_id', 'version', 'pack', 'revised_at', 'effective_at').columns,
      ...technicalTable('is_significant', 'announced_by', 'confirmed').columns,
      policy: published('What a business announces in its notice'),
    },
  },
  notice_acknowledgements: {
    subjects: { staff: { by: { userIds: 'user_id' } } },
    clock: 'acknowledged_at',
    columns: {
      ...technicalTable('tenant_id', 'version', 'acknowledged_at').columns,
      user_id: personal('compliance-records', { of: 'staff', onErasure: 'delete' }),
    },
  },
  legal_holds: {
    columns: {
      ...technicalTable('tenant_id', 'id', 'category', 'law', 'until', 'placed_at', 'released_at').columns,
      owner: published('Who answers for what must be kept'),
    },
  },
  rules_feed: {
    ...technicalTable('tenant_id', 'revision', 'published_revision', 'published_into'),
    outlives: { reason: closingItself },
  },
  hold_ends: technicalTable('hold_id', 'tenant_id', 'ends_at'),
  announcements_due: technicalTable('tenant_id', 'version', 'due_at', 'attempts'),
  marketing_preferences: {
    subjects: { visitor: { by: { emails: 'email', visitorIds: 'visitor_id', userIds: 'user_id' } } },
    clock: 'interested_at',
    columns: {
      tenant_id: technical,
      email: preference,
      user_id: preference,
      visitor_id: preference,
      service_news: preference,
      offers: preference,
      confirmed_at: preference,
      interested_at: preference,
    },
  },
  mailings: {
    subjects: { staff: { by: { userIds: 'instructed_by' } } },
    clock: 'instructed_at',
    columns: {
      ...technicalTable('id', 'tenant_id', 'kind', 'instructed_at', 'queued').columns,
      subject: published('What a business wrote to its customers'),
      instruction: published('What a business instructed'),
      instructed_by: personal('compliance-records', {
        of: 'staff',
        onErasure: keep('Proof of who instructed the mailing (GDPR article 28(3)(a))'),
      }),
    },
  },
  consent_log: {
    subjects: { visitor: { by: { visitorIds: 'visitor_id', userIds: 'user_id' } } },
    clock: 'recorded_at',
    columns: {
      ...technicalTable('id', 'tenant_id').columns,
      visitor_id: choice,
      user_id: choice,
      recorded_at: choice,
      action: choice,
      source: choice,
      text: choice,
      text_version: choice,
      given: choice,
      refused: choice,
      holds: choice,
      do_not_track: choice,
      global_privacy_control: choice,
    },
  },
  ...registersMap,
  closures: {
    subjects: { staff: { by: { userIds: 'closed_by' } } },
    clock: 'ended_at',
    columns: {
      ...technicalTable('tenant_id', 'id', 'business_slug', 'ended_at', 'versions', 'jws').columns,
      business_name: published('The name under which the business traded'),
      closed_by: closer,
      closed_at: closer,
    },
  },
  erasure_ledger: {
    ...technicalTable('id', 'tenant_id', 'entry', 'published_into'),
    outlives: { reason: 'Keeps restored backups from bringing anybody back' },
  },
  signing_keys: technicalTable('kid', 'public_key', 'sealed_private', 'created_at'),
  root_keys: technicalTable('key_id', 'sealed', 'created_at'),
})
