import { services } from '@candor/contracts/callers'
import { clusterAlertCases } from './cluster-alert-cases.ts'

/**
 * For each alert that has no budget: samples, one a minute, under which it fires at the minute named and not a minute
 * sooner, and under which it never does. `a+bxn` begins with a and adds b n times, `_` is a scrape without a sample. They
 * lie so near the limit that one twice or half as high would be noticed, and so would one that is waited for twice as
 * long, or not at all.
 */
export const alertCases: Record<string, AlertCase> = {
  ...clusterAlertCases,
  ServiceDown: {
    fires: [
      [2, { ...everyServiceUp('chat'), 'up{app_kubernetes_io_name="chat",pod="a"}': '0x20' }],
      [2, everyServiceUp('chat')],
      // Another installation has one.
      [2, { ...everyServiceUp('chat'), 'up{app_kubernetes_io_name="chat",namespace="staging"}': '1x20' }],
      // Only two are left.
      [
        2,
        up('billing', 'web'),
        services.filter((service) => service !== 'billing').map((service) => ({ service })),
      ],
    ],
    quiet: [
      // One pod of two.
      { ...everyServiceUp(), 'up{app_kubernetes_io_name="chat",pod="b"}': '0x20' },
      { ...everyServiceUp('chat'), 'up{app_kubernetes_io_name="chat",pod="a"}': '1 0 1x20' },
      // Somebody else's.
      { ...everyServiceUp(), 'up{app_kubernetes_io_name="web",namespace="shop"}': '1x20' },
    ],
    says: [{ service: 'chat' }],
  },
  DependencyAway: {
    fires: [
      [
        2,
        {
          'readiness_check_ok{service="chat",check="nats",pod="a"}': '0x20',
          'readiness_check_ok{service="chat",check="nats",pod="b"}': '0x20',
        },
      ],
    ],
    quiet: [
      {
        'readiness_check_ok{service="chat",check="nats",pod="a"}': '0x20',
        'readiness_check_ok{service="chat",check="nats",pod="b"}': '1 0 1x20',
      },
    ],
  },
  OutboxStalled: {
    fires: [[3, { 'outbox_oldest_age_seconds{service="chat"}': '70x20' }]],
    quiet: [{ 'outbox_oldest_age_seconds{service="chat"}': '50 70 70 50x15' }],
  },
  ConsumerStalled: {
    fires: [[1, { 'consumer_stalled_seconds{service="billing",consumer="billing-from-chat"}': '400x20' }]],
    quiet: [{ 'consumer_stalled_seconds{service="billing",consumer="billing-from-chat"}': '200 400 200x20' }],
  },
  StreamMissing: {
    fires: [
      [
        2,
        {
          'jetstream_stream_present{service="privacy",stream="EVENTS",pod="a"}': '0x20',
          'jetstream_stream_present{service="privacy",stream="EVENTS",pod="b"}': '1x20',
        },
      ],
    ],
    quiet: [{ 'jetstream_stream_present{service="privacy",stream="EVENTS"}': '1 0 1x20' }],
  },
  StreamFilling: {
    fires: [
      [
        10,
        {
          'jetstream_stream_bytes{service="privacy",stream="EVENTS"}': '900x20',
          'jetstream_stream_bytes_max{service="privacy",stream="EVENTS"}': '1000x20',
        },
      ],
    ],
    quiet: [
      {
        'jetstream_stream_bytes{service="privacy",stream="EVENTS"}': '700 900 700x20',
        'jetstream_stream_bytes_max{service="privacy",stream="EVENTS"}': '1000x20',
        // It has no limit.
        'jetstream_stream_bytes{service="privacy",stream="ERASURES"}': '5000x20',
      },
    ],
  },
  StreamCopiesBehind: {
    fires: [[15, { 'jetstream_stream_copies_behind{service="privacy",stream="ERASURES"}': '1x20' }]],
    quiet: [{ 'jetstream_stream_copies_behind{service="privacy",stream="ERASURES"}': '1 1 1 0x20' }],
  },
  EventsParked: over('events_parked', { service: 'billing', after: 5 }),
  EventsDropped: {
    fires: [
      [0, { 'events_dropped_total{service="billing",consumer="billing-from-chat"}': '1x20' }],
      [81, { 'events_dropped_total{service="billing",consumer="billing-from-chat"}': '3x80 4x20' }],
    ],
    quiet: [{ 'events_dropped_total{service="billing",consumer="billing-from-chat"}': '0x20' }],
  },
  DatabaseConnectionsExhausted: {
    fires: [[5, { 'pg_pool_connections{service="chat",state="waiting"}': '4x20' }]],
    quiet: [
      {
        'pg_pool_connections{service="chat",state="waiting"}': '4 0 0 0 4 0x15',
        'pg_pool_connections{service="chat",state="idle"}': '9x20',
      },
    ],
  },
  ServiceSaturated: {
    fires: [
      [15, { 'process_cpu_seconds_total{service="chat"}': '0+57x30' }],
      [10, { 'nodejs_eventloop_lag_p99_seconds{service="chat"}': '0.3x30' }],
    ],
    quiet: [
      {
        'process_cpu_seconds_total{service="chat"}': '0+36x30',
        'nodejs_eventloop_lag_p99_seconds{service="chat"}': '0.2 0.3 0.2x30',
      },
    ],
  },
  SignInsQueue: over('password_hashes_waiting', { service: 'identity', limit: 20, after: 5 }),
  LettersWaiting: over('mail_oldest_letter_age_seconds', { service: 'privacy', limit: 900, after: 5 }),
  LettersRefused: {
    fires: [[6, letters({ refused: '0 8x80', sent: '0 4x80', failed: '0 90x80' })]],
    quiet: [
      letters({ refused: '0 8x80', sent: '0 16x80' }),
      letters({ refused: '0 4x57 8x60', sent: '0x90' }),
      letters({ failed: '0+9x80' }),
    ],
  },
  RetentionOverdue: {
    fires: [
      [10, { 'retention_oldest_past_limit_seconds{service="chat",category="conversation"}': '4000x30' }],
    ],
    quiet: [
      { 'retention_oldest_past_limit_seconds{service="chat",category="conversation"}': '2000 4000 2000x30' },
    ],
  },
  RetentionSweepStopped: {
    fires: [
      [66, { 'retention_sweep_finished_timestamp_seconds{service="chat"}': '0x90' }],
      [66, { 'process_start_time_seconds{service="chat"}': '0x90' }],
    ],
    quiet: [
      { 'retention_sweep_finished_timestamp_seconds{service="chat"}': '0x62 3720x50' },
      { 'process_start_time_seconds{service="chat"}': '0x62 3720x50' },
      {
        'retention_sweep_finished_timestamp_seconds{service="chat"}': '0+60x90',
        'process_start_time_seconds{service="chat"}': '0x90',
        // It keeps nothing of anybody.
        'process_start_time_seconds{service="web"}': '0x90',
      },
    ],
  },
  RequestOverdue: over('privacy_requests_overdue', { service: 'privacy', after: 5 }),
  RequestDueSoon: {
    fires: [[5, { 'privacy_request_seconds_left{service="privacy"}': '400000x20' }]],
    quiet: [{ 'privacy_request_seconds_left{service="privacy"}': '500000 400000 500000x20' }],
  },
  BreachDeadlineNear: {
    fires: [[5, { 'privacy_breach_seconds_left{service="privacy"}': '80000x20' }]],
    quiet: [{ 'privacy_breach_seconds_left{service="privacy"}': '100000 80000 100000x20' }],
  },
  ErasureFailing: {
    fires: [[16, { 'privacy_erasure_failures_total{service="privacy",holder="billing"}': '0 15x60' }]],
    quiet: [{ 'privacy_erasure_failures_total{service="privacy",holder="billing"}': '0 6x23 12x60' }],
  },
  ErasureResidue: {
    fires: [[6, { 'privacy_erasure_residues_total{service="privacy",holder="chat"}': '0 8x40' }]],
    quiet: [{ 'privacy_erasure_residues_total{service="privacy",holder="chat"}': '0 4x57 8x60' }],
  },
  RequestsNotDriven: over('privacy_saga_late_seconds', { service: 'privacy', limit: 600, after: 5 }),
  RulesUnpublished: over('privacy_rules_unpublished', { service: 'privacy', after: 5 }),
  RulesRefused: {
    // The first is what it read when it started.
    fires: [
      [0, { 'policies_refused_total{service="billing"}': '1x20' }],
      [81, { 'policies_refused_total{service="billing"}': '3x80 4x20' }],
    ],
    quiet: [{ 'policies_refused_total{service="billing"}': '0x20' }],
  },
  EndedSessionsStale: over('ended_sessions_age_seconds', { service: 'chat', limit: 300, after: 2 }),
  AuditFactsLost: {
    fires: [[1, { 'audit_facts_lost_total{service="chat"}': '0 7x20' }]],
    quiet: [{ 'audit_facts_lost_total{service="chat"}': '7x20' }],
  },
  RefreshTokensReused: {
    fires: [[6, { 'refresh_tokens_reused_total{service="identity"}': '0 15x30' }]],
    quiet: [{ 'refresh_tokens_reused_total{service="identity"}': '0 8x57 15x60' }],
  },
  PaymentProviderFailing: {
    fires: [[11, calls({ failed: '0 4x80', ok: '0 2x80' })]],
    quiet: [calls({ failed: '0 4x80', ok: '0 8x80' }), calls({ failed: '0 2x56 4x60', ok: '0x90' })],
  },
  RecipientRefused: {
    fires: [
      [0, calls({ refused: '1x20' })],
      [81, calls({ refused: '3x80 4x20' })],
    ],
    quiet: [calls({ ok: '0+9x20' })],
  },
  PaymentWithoutPlan: {
    fires: [
      [0, notices({ refused: '1x20' })],
      [81, notices({ refused: '3x80 4x20' })],
    ],
    quiet: [notices({ applied: '0+9x20' })],
  },
  PaymentNoticesRefused: {
    fires: [[6, notices({ unsigned: '0 5x20' })]],
    quiet: [notices({ unsigned: '0 2x57 5x60' }), notices({ applied: '0+9x20' })],
  },
}

/** A gauge that is wrong above its limit, and for a moment may be. */
function over(
  metric: string,
  { service, limit = 0, after }: { service: string; limit?: number; after: number },
): AlertCase {
  const [wrong, right] = limit === 0 ? [1, 0] : [limit * 1.2, limit * 0.7]
  const series = `${metric}{service="${service}"}`
  return {
    fires: [[after, { [series]: `${wrong}x30` }]],
    quiet: [{ [series]: `${right} ${wrong} ${right}x30` }],
  }
}

function letters(outcomes: Record<string, string>): Series {
  return byOutcome('mail_letters_total{service="identity"', outcomes)
}

function calls(outcomes: Record<string, string>): Series {
  return byOutcome('outgoing_calls_total{service="billing",recipient="sandbox"', outcomes)
}

function notices(outcomes: Record<string, string>): Series {
  return byOutcome('payment_notices_total{service="billing",provider="sandbox"', outcomes)
}

function byOutcome(series: string, outcomes: Record<string, string>): Series {
  return Object.fromEntries(
    Object.entries(outcomes).map(([outcome, values]) => [`${series},outcome="${outcome}"}`, values]),
  )
}

function everyServiceUp(except?: string): Series {
  return up(...[...services, 'web'].filter((service) => service !== except))
}

function up(...names: string[]): Series {
  return Object.fromEntries(names.map((name) => [`up{app_kubernetes_io_name="${name}",pod="a"}`, '1x20']))
}

type Series = Record<string, string>

export interface AlertCase {
  readonly fires: readonly (readonly [minute: number, series: Series, says?: Says])[]
  readonly quiet: readonly Series[]
  /** Of whom, where the series do not say that under the name it has in the summary. */
  readonly says?: Says
}

type Says = readonly Record<string, string>[]
