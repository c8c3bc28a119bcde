/**
 * The service levels that have a budget: a share of what happens in 30 days may go wrong. What has none, such as a record
 * kept past its limit, alerts at once: see alerts.ts.
 */
export const levels: readonly Level[] = [
  {
    name: 'availability',
    alert: 'AvailabilityBudgetBurn',
    objective: 0.999,
    promise: 'of calls at the public door are answered, be it with a refusal',
    // What services ask each other is many times more and would hide it; where it fails, the caller's own answer does.
    bad: count('rpc_requests_total', 'door="http",reason=~"internal|timeout|unavailable"'),
    all: count('rpc_requests_total', 'door="http"'),
    atLeastPerHour: 100,
    speeds: 'all',
  },
  {
    name: 'pages',
    alert: 'PagesBudgetBurn',
    objective: 0.999,
    promise: 'of pages and files, the widget among them, are served',
    bad: count('web_request_duration_seconds_count', 'status=~"5.."'),
    all: count('web_request_duration_seconds_count', ''),
    atLeastPerHour: 100,
    speeds: 'all',
  },
  {
    name: 'latency',
    alert: 'LatencyBudgetBurn',
    objective: 0.99,
    promise: 'of calls at the public door are answered within half a second',
    // Passwords are hashed slowly on purpose, a tenth of a second each; half a second leaves room for a queue of them.
    bad: slow('rpc_request_duration_seconds', 'door="http"', '0.5'),
    all: count('rpc_request_duration_seconds_count', 'door="http"'),
    atLeastPerHour: 100,
    speeds: 'all',
  },
  {
    name: 'delivery',
    alert: 'DeliveryBudgetBurn',
    objective: 0.999,
    promise: 'of messages reach those who read along within a second of being stored',
    bad: slow('chat_delivery_seconds', '', '1'),
    all: count('chat_delivery_seconds_count', ''),
    atLeastPerHour: 100,
    speeds: 'all',
  },
  {
    name: 'event_lag',
    alert: 'EventLagBudgetBurn',
    objective: 0.99,
    promise: 'of events take effect in another service within ten seconds of what they tell',
    bad: slow('event_lag_seconds', '', '10'),
    all: count('event_lag_seconds_count', ''),
    atLeastPerHour: 100,
    speeds: 'all',
  },
  {
    name: 'erasure',
    alert: 'ErasureBudgetBurn',
    objective: 0.99,
    promise: 'of erasures are receipted within a minute of the proof of identity',
    bad: slow('privacy_erasure_seconds', '', '60'),
    all: count('privacy_erasure_seconds_count', ''),
    // The law gives a month, and one that waited for a legal hold counts as slow: nobody is woken for it.
    atLeastPerHour: 0,
    speeds: 'slow',
  },
]

/** Burn rates of the SRE workbook (chapter 5, table 5-8) for a budget of 30 days, each over a long and a short window. */
export const burns: readonly Burn[] = [
  { rate: 14.4, long: '1h', short: '5m', severity: 'page', spends: '2 % of it in an hour' },
  { rate: 6, long: '6h', short: '30m', severity: 'page', spends: '5 % of it in six hours' },
  { rate: 3, long: '1d', short: '2h', severity: 'ticket', spends: '10 % of it in a day' },
  { rate: 1, long: '3d', short: '6h', severity: 'ticket', spends: '10 % of it in three days' },
]

/** What is kept apart everywhere: one Prometheus may watch several installations. */
export const apart = 'namespace, service'

function count(metric: string, labels: string): (window: string) => string {
  return (window) => `sum by (${apart}) (rate(${metric}${labels && `{${labels}}`}[${window}]))`
}

function slow(histogram: string, labels: string, seconds: string): (window: string) => string {
  // Prometheus 3 writes whole numbers with a fraction.
  const le = seconds.includes('.') ? `le="${seconds}"` : `le=~"${seconds}(\\\\.0)?"`
  const quick = [labels, le].filter(Boolean).join(',')
  return (window) =>
    `${count(`${histogram}_count`, labels)(window)} - ${count(`${histogram}_bucket`, quick)(window)}`
}

export interface Level {
  readonly name: string
  readonly alert: string
  readonly objective: number
  /** Ends the sentence "99.9 % ...". */
  readonly promise: string
  readonly bad: (window: string) => string
  readonly all: (window: string) => string
  /** With fewer in an hour, one bad answer would wake somebody. */
  readonly atLeastPerHour: number
  readonly speeds: 'all' | 'slow'
}

interface Burn {
  readonly rate: number
  readonly long: string
  readonly short: string
  readonly severity: Severity
  readonly spends: string
}

export type Severity = 'page' | 'ticket'
