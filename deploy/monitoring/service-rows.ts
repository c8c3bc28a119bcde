import { levels } from './levels.ts'
import { budgetPanel } from './panels.ts'
import type { Row } from './panels.ts'

/** What every service with a database shows, and its own rows above it. */
export function serviceRows(service: string, own: readonly Row[]): Row[] {
  const of = `$in,service="${service}"`
  const mine = levels.filter(({ name }) => ['availability', 'latency', 'event_lag'].includes(name))
  return [
    {
      title: 'Service levels: share that went wrong in six hours, against the budget',
      panels: mine.map((level) => budgetPanel(level, service)),
    },
    {
      title: 'Calls',
      panels: [
        {
          title: 'Busiest procedures',
          unit: 'reqps',
          show: [
            [
              `topk(10, sum by (procedure, door) (rate(rpc_requests_total{${of}}[5m])))`,
              '{{procedure}} {{door}}',
            ],
          ],
        },
        {
          title: 'Not answered as asked, by reason',
          unit: 'reqps',
          show: [[`sum by (reason) (rate(rpc_requests_total{${of},reason!="ok"}[5m]))`, '{{reason}}']],
        },
        {
          title: 'Slowest procedures, 99th percentile',
          unit: 's',
          show: [
            [
              `topk(10, histogram_quantile(0.99, sum by (le, procedure) (rate(rpc_request_duration_seconds_bucket{${of}}[5m]))))`,
              '{{procedure}}',
            ],
          ],
        },
        { title: 'Calls in hand', unit: 'short', show: [[`sum by (pod) (rpc_in_flight{${of}})`, '{{pod}}']] },
        {
          title: 'Live streams',
          unit: 'short',
          show: [[`sum by (pod) (rpc_streams_open{${of}})`, '{{pod}}']],
        },
        {
          title: 'Since it heard which sessions ended',
          unit: 's',
          show: [[`max by (pod) (ended_sessions_age_seconds{${of}})`, '{{pod}}']],
        },
      ],
    },
    ...own,
    {
      title: 'Events',
      panels: [
        {
          title: 'Waiting to be published',
          unit: 'short',
          show: [[`max(outbox_unpublished{${of}})`, 'events']],
        },
        {
          title: 'The oldest that waits',
          unit: 's',
          show: [[`max(outbox_oldest_age_seconds{${of}})`, 'age']],
        },
        {
          title: 'Waiting for a consumer',
          unit: 'short',
          show: [[`max by (consumer) (consumer_pending{${of}})`, '{{consumer}}']],
        },
        {
          title: 'No further for',
          unit: 's',
          show: [[`max by (consumer) (consumer_stalled_seconds{${of}})`, '{{consumer}}']],
        },
        {
          title: 'Lag of events that took effect, 99th percentile',
          unit: 's',
          show: [
            [
              `histogram_quantile(0.99, sum by (le, consumer) (rate(event_lag_seconds_bucket{${of}}[5m])))`,
              '{{consumer}}',
            ],
          ],
        },
        {
          title: 'Set aside, and passed over',
          unit: 'short',
          show: [
            [`max(events_parked{${of}})`, 'set aside'],
            [`sum(increase(events_dropped_total{${of}}[1h]))`, 'passed over, an hour'],
          ],
        },
        {
          title: 'Rules refused, audit facts lost, erasures repeated',
          unit: 'short',
          show: [
            [`sum(increase(policies_refused_total{${of}}[1h]))`, 'rules'],
            [`sum(increase(audit_facts_lost_total{${of}}[1h]))`, 'audit facts'],
            [`sum(increase(erasures_repeated_total{${of}}[1h]))`, 'erasures'],
          ],
        },
      ],
    },
    {
      title: 'Retention',
      panels: [
        {
          title: 'Oldest record past its limit',
          unit: 's',
          show: [[`max by (category) (retention_oldest_past_limit_seconds{${of}})`, '{{category}}']],
        },
        {
          title: 'Since a sweep ended',
          unit: 's',
          show: [[`time() - max(retention_sweep_finished_timestamp_seconds{${of}})`, 'seconds']],
        },
        {
          title: 'Rows that went',
          unit: 'short',
          show: [[`sum by (table) (increase(retention_rows_swept_total{${of}}[1h]))`, '{{table}} an hour']],
        },
      ],
    },
    ...(['identity', 'chat', 'transcripts', 'privacy'].includes(service) ? [letters(of)] : []),
    processRow(service),
  ]
}

export function processRow(service: string): Row {
  const of = `$in,service="${service}"`
  return {
    title: 'Processes',
    panels: [
      {
        title: 'CPU, in cores',
        unit: 'short',
        show: [[`rate(process_cpu_seconds_total{${of}}[5m])`, '{{pod}}']],
      },
      { title: 'Memory', unit: 'bytes', show: [[`process_resident_memory_bytes{${of}}`, '{{pod}}']] },
      {
        title: 'Event loop held up, 99th percentile',
        unit: 's',
        show: [[`nodejs_eventloop_lag_p99_seconds{${of}}`, '{{pod}}']],
      },
      { title: 'Running for', unit: 's', show: [[`time() - process_start_time_seconds{${of}}`, '{{pod}}']] },
      ...(service === 'web'
        ? []
        : [
            {
              title: 'Database connections',
              unit: 'short',
              show: [[`sum by (state) (pg_pool_connections{${of}})`, '{{state}}']] as const,
            },
          ]),
    ],
  }
}

function letters(of: string): Row {
  return {
    title: 'Letters',
    panels: [
      {
        title: 'Sent and not',
        unit: 'short',
        show: [[`sum by (outcome) (increase(mail_letters_total{${of}}[5m]))`, '{{outcome}}']],
      },
      { title: 'Waiting', unit: 'short', show: [[`max(mail_letters_waiting{${of}})`, 'letters']] },
      {
        title: 'The oldest that waits',
        unit: 's',
        show: [[`max(mail_oldest_letter_age_seconds{${of}})`, 'age']],
      },
    ],
  }
}
