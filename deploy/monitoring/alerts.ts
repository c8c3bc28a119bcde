import { day, everyService, hour, minutes, stateful } from './alert.ts'
import type { Alert } from './alert.ts'
import { apart } from './levels.ts'

const worst = (metric: string, more = '') => `max by (${apart}${more}) (${metric})`

/** What Prometheus knows of a pod by itself has its name; what the pod tells has the same as `service`. */
const nameOfPod = 'app_kubernetes_io_name'
const ofService = (expr: string) => `label_replace(${expr}, "service", "$1", "${nameOfPod}", "(.+)")`

/** Within an hour, be it only once: a series that begins with a one has grown by nothing as far as `increase` knows. */
function happened(series: string, more = ''): string {
  const grown = `sum by (${apart}${more}) (increase(${series}[1h])) > 0`
  return `${grown} or sum by (${apart}${more}) (${series} unless ${series} offset 1h) > 0`
}

const ours = `up{${nameOfPod}=~"${everyService.join('|')}"}`

/** Nothing of a service is scraped, where others of ours are; or nothing of any. */
function missing(service: string): string {
  const own = `up{${nameOfPod}="${service}"}`
  // Somebody else may call a pod like one of ours, hardly two.
  const installations = `count by (namespace) (group by (namespace, ${nameOfPod}) (${ours})) > 1`
  const here = `label_replace((${installations}) unless on (namespace) ${own}, "${nameOfPod}", "${service}", "", "")`
  return `${here} or (absent(${own}) unless on () ${ours})`
}

/**
 * What has no budget: each of these is wrong by itself. `page` wakes somebody, for people notice or a promise is being
 * broken; `ticket` waits for the morning.
 */
export const alerts: readonly Alert[] = [
  {
    name: 'ServiceDown',
    severity: 'page',
    // Without a pod there is nothing to scrape, and no sample that could say so.
    expr: ofService(
      [`sum by (namespace, ${nameOfPod}) (${ours}) == 0`, ...everyService.map(missing)].join(' or '),
    ),
    for: minutes(2),
    summary: 'no pod of {{ $labels.service }} answers',
  },
  {
    name: 'DependencyAway',
    severity: 'page',
    expr: `${worst('readiness_check_ok', ', check')} == 0`,
    for: minutes(2),
    summary: 'no pod of {{ $labels.service }} is ready: {{ $labels.check }}',
  },
  {
    name: 'OutboxStalled',
    severity: 'page',
    expr: `${worst('outbox_oldest_age_seconds')} > 60`,
    for: minutes(3),
    summary: 'what {{ $labels.service }} announces has not left it for {{ $value | humanizeDuration }}',
  },
  {
    name: 'ConsumerStalled',
    severity: 'page',
    expr: `${worst('consumer_stalled_seconds', ', consumer')} > 300`,
    for: minutes(1),
    summary: '{{ $labels.consumer }} has got no further for {{ $value | humanizeDuration }}',
  },
  {
    name: 'StreamMissing',
    severity: 'page',
    expr: `min by (${apart}, stream) (jetstream_stream_present) == 0`,
    for: minutes(2),
    summary: 'the broker has no {{ $labels.stream }}',
  },
  {
    name: 'StreamFilling',
    severity: 'ticket',
    // What is told no longer fits in when it is full, and waits in the outboxes.
    expr: `${worst('jetstream_stream_bytes', ', stream')} / ${worst('jetstream_stream_bytes_max', ', stream')} > 0.8`,
    for: minutes(10),
    summary: '{{ $labels.stream }} is filled to {{ $value | humanizePercentage }}',
  },
  {
    name: 'StreamCopiesBehind',
    severity: 'ticket',
    // A copy that is built up again after a restart takes minutes.
    expr: `${worst('jetstream_stream_copies_behind', ', stream')} > 0`,
    for: minutes(15),
    summary: '{{ $value }} copies of {{ $labels.stream }} are not complete',
  },
  {
    name: 'EventsParked',
    severity: 'ticket',
    expr: `${worst('events_parked')} > 0`,
    for: minutes(5),
    summary: '{{ $value }} events were set aside by {{ $labels.service }}',
  },
  {
    name: 'EventsDropped',
    severity: 'ticket',
    expr: happened('events_dropped_total', ', consumer'),
    for: minutes(0),
    summary: '{{ $labels.consumer }} could not read what it was told, and passed over it',
  },
  {
    name: 'DatabaseConnectionsExhausted',
    severity: 'ticket',
    expr: `sum by (${apart}) (pg_pool_connections{state="waiting"}) > 0`,
    for: minutes(5),
    summary: 'queries of {{ $labels.service }} wait for a connection',
  },
  {
    name: 'ServiceSaturated',
    severity: 'ticket',
    // One process runs on one core. An autoscaler that works keeps it at 0.6.
    expr: `avg by (${apart}) (rate(process_cpu_seconds_total{service=~"${everyService.join('|')}"}[5m])) > 0.85 or ${worst(`nodejs_eventloop_lag_p99_seconds{service=~"${everyService.join('|')}"}`)} > 0.25`,
    for: minutes(10),
    summary: 'the pods of {{ $labels.service }} have no time left',
  },
  {
    name: 'SignInsQueue',
    severity: 'ticket',
    expr: `${worst('password_hashes_waiting')} > 20`,
    for: minutes(5),
    summary: '{{ $value }} sign-ins wait for their password to be checked',
  },
  {
    name: 'LettersWaiting',
    severity: 'ticket',
    expr: `${worst('mail_oldest_letter_age_seconds')} > ${15 * 60}`,
    for: minutes(5),
    summary: 'a letter of {{ $labels.service }} has waited for {{ $value | humanizeDuration }}',
  },
  {
    name: 'LettersRefused',
    severity: 'ticket',
    // One address may be wrong; that of everybody is not.
    expr: `sum by (${apart}) (increase(mail_letters_total{outcome=~"refused|given-up"}[1h])) > 5 and sum by (${apart}) (increase(mail_letters_total{outcome=~"refused|given-up"}[1h])) / sum by (${apart}) (increase(mail_letters_total{outcome!="failed"}[1h])) > 0.5`,
    for: minutes(5),
    summary: 'more than half of the letters of {{ $labels.service }} are refused for good',
  },
  {
    name: 'RetentionOverdue',
    severity: 'page',
    // A sweep begins every half minute; within an hour somebody would notice that a promise is not kept.
    expr: `${worst('retention_oldest_past_limit_seconds', ', category')} > ${hour}`,
    for: minutes(10),
    summary:
      '{{ $labels.category }} in {{ $labels.service }} is {{ $value | humanizeDuration }} past its limit',
  },
  {
    name: 'RetentionSweepStopped',
    severity: 'ticket',
    // A process that never came to the end of a sweep shows none, nor what is past its limit.
    expr: [
      `time() - ${worst('retention_sweep_finished_timestamp_seconds')} > ${hour}`,
      `(time() - min by (${apart}) (process_start_time_seconds{service=~"${stateful}"}) > ${hour}) unless ${worst('retention_sweep_finished_timestamp_seconds')}`,
    ].join(' or '),
    for: minutes(5),
    summary: 'no sweep of {{ $labels.service }} has ended for an hour',
  },
  {
    name: 'RequestOverdue',
    severity: 'page',
    expr: `max by (namespace, service) (privacy_requests_overdue) > 0`,
    for: minutes(5),
    summary: '{{ $value }} people have waited longer than the law allows',
  },
  {
    name: 'RequestDueSoon',
    severity: 'ticket',
    expr: `min by (${apart}) (privacy_request_seconds_left) < ${5 * day}`,
    for: minutes(5),
    summary: 'somebody has to be answered within {{ $value | humanizeDuration }}',
  },
  {
    name: 'BreachDeadlineNear',
    severity: 'page',
    expr: `min by (${apart}) (privacy_breach_seconds_left) < ${day}`,
    for: minutes(5),
    summary: 'an authority has to be told of a breach within {{ $value | humanizeDuration }}',
  },
  {
    name: 'ErasureFailing',
    severity: 'ticket',
    // A step that fails is tried again each minute at last: this is one that fails and fails.
    expr: `sum by (${apart}, holder) (increase(privacy_erasure_failures_total[30m])) > 10`,
    for: minutes(15),
    summary: 'steps of erasures keep failing in {{ $labels.holder }}',
  },
  {
    name: 'ErasureResidue',
    severity: 'ticket',
    expr: `sum by (${apart}, holder) (increase(privacy_erasure_residues_total[1h])) > 5`,
    for: minutes(5),
    summary: 'searches after an erasure keep finding something in {{ $labels.holder }}',
  },
  {
    name: 'RequestsNotDriven',
    severity: 'page',
    expr: `${worst('privacy_saga_late_seconds')} > 600`,
    for: minutes(5),
    summary: 'nobody has taken up the work of a request for {{ $value | humanizeDuration }}',
  },
  {
    name: 'RulesUnpublished',
    severity: 'page',
    expr: `${worst('privacy_rules_unpublished')} > 0`,
    for: minutes(5),
    summary: 'services do not know the newest notice of {{ $value }} businesses',
  },
  {
    name: 'RulesRefused',
    severity: 'ticket',
    // An older release reads them when it starts, before it is looked at for the first time.
    expr: happened('policies_refused_total'),
    for: minutes(0),
    summary: '{{ $labels.service }} passed over rules that it cannot read',
  },
  {
    name: 'EndedSessionsStale',
    severity: 'page',
    // A token counts for ten minutes by itself: from here on a sign-out may not.
    expr: `${worst('ended_sessions_age_seconds')} > 300`,
    for: minutes(2),
    summary: '{{ $labels.service }} has not heard for {{ $value | humanizeDuration }} which sessions ended',
  },
  {
    name: 'AuditFactsLost',
    severity: 'page',
    expr: `sum by (${apart}) (increase(audit_facts_lost_total[15m])) > 0`,
    for: minutes(0),
    summary: '{{ $labels.service }} did things that will not stand in the audit log',
  },
  {
    name: 'RefreshTokensReused',
    severity: 'ticket',
    expr: `sum by (${apart}) (increase(refresh_tokens_reused_total[1h])) > 10`,
    for: minutes(5),
    summary: 'spent refresh tokens were shown {{ $value | humanize }} times within an hour',
  },
  {
    name: 'PaymentProviderFailing',
    severity: 'ticket',
    // Few people buy in an hour, and one whose card is refused says nothing of the provider.
    expr: `sum by (${apart}, recipient) (increase(outgoing_calls_total{outcome="failed"}[1h])) > 2 and sum by (${apart}, recipient) (increase(outgoing_calls_total{outcome="failed"}[1h])) / sum by (${apart}, recipient) (increase(outgoing_calls_total[1h])) > 0.5`,
    for: minutes(10),
    summary: 'more than half of the calls to {{ $labels.recipient }} fail',
  },
  {
    name: 'RecipientRefused',
    severity: 'ticket',
    expr: happened('outgoing_calls_total{outcome="refused"}', ', recipient'),
    for: minutes(0),
    summary: '{{ $labels.service }} tried to reach somebody who stands on no register',
  },
  {
    name: 'PaymentWithoutPlan',
    severity: 'ticket',
    expr: happened('payment_notices_total{outcome="refused"}', ', provider'),
    for: minutes(0),
    summary: 'money was taken at {{ $labels.provider }} for which nobody got a plan',
  },
  {
    name: 'PaymentNoticesRefused',
    severity: 'ticket',
    expr: `sum by (${apart}, provider, outcome) (increase(payment_notices_total{outcome=~"unsigned|unreadable|too-large|failed"}[1h])) > 3`,
    for: minutes(5),
    summary: 'notices of {{ $labels.provider }} are not taken: {{ $labels.outcome }}',
  },
]
