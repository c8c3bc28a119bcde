import { levels } from './levels.ts'
import { conversations, payments, rights, signIns, webPages } from './own-rows.ts'
import { budgetPanel } from './panels.ts'
import type { Dashboard } from './panels.ts'
import { processRow, serviceRows } from './service-rows.ts'

/** The dashboards, one for all and one a service. */
export const dashboards: readonly Dashboard[] = [
  {
    name: 'overview',
    title: 'Candor: overview',
    rows: [
      {
        title: 'Service levels: share that went wrong in six hours, against the budget',
        panels: levels.map((level) => budgetPanel(level, '')),
      },
      {
        title: 'Now',
        panels: [
          {
            title: 'Pods that answer',
            unit: 'short',
            show: [
              [
                'sum by (app_kubernetes_io_name) (up{$in,app_kubernetes_io_name!=""})',
                '{{app_kubernetes_io_name}}',
              ],
            ],
          },
          {
            title: 'Not ready',
            description: 'How many pods find what they depend on away.',
            unit: 'short',
            show: [['sum by (service, check) (1 - readiness_check_ok{$in})', '{{service}} {{check}}']],
          },
          {
            title: 'Calls at the public door',
            unit: 'reqps',
            show: [['sum by (service) (rate(rpc_requests_total{$in,door="http"}[5m]))', '{{service}}']],
          },
          {
            title: 'Live streams',
            unit: 'short',
            show: [['sum by (service) (rpc_streams_open{$in})', '{{service}}']],
          },
          {
            title: 'Oldest event not published',
            unit: 's',
            show: [['max by (service) (outbox_oldest_age_seconds{$in})', '{{service}}']],
          },
          {
            title: 'Events waiting for a consumer',
            unit: 'short',
            show: [['max by (consumer) (consumer_pending{$in})', '{{consumer}}']],
          },
          {
            title: 'In the streams of the broker',
            unit: 'bytes',
            show: [
              ['max by (stream) (jetstream_stream_bytes{$in})', '{{stream}}'],
              ['max by (stream) (jetstream_stream_bytes_max{$in})', '{{stream}} at most'],
            ],
          },
          {
            title: 'Copies of streams that are not complete',
            unit: 'short',
            show: [['max by (stream) (jetstream_stream_copies_behind{$in})', '{{stream}}']],
          },
        ],
      },
      {
        title: 'Promises',
        panels: [
          {
            title: 'Oldest record past its limit',
            description: 'A sweep begins every half minute; minutes are usual, an hour is not.',
            unit: 's',
            show: [['max by (service) (retention_oldest_past_limit_seconds{$in})', '{{service}}']],
          },
          {
            title: 'Requests overdue',
            unit: 'short',
            show: [['max(privacy_requests_overdue{$in})', 'requests']],
          },
          {
            title: 'Until the next request is due',
            unit: 's',
            isSigned: true,
            show: [['min(privacy_request_seconds_left{$in})', 'time left']],
          },
          {
            title: 'Events set aside',
            unit: 'short',
            show: [['max by (service) (events_parked{$in})', '{{service}}']],
          },
        ],
      },
    ],
  },
  { name: 'identity', title: 'Candor: identity', rows: serviceRows('identity', [signIns()]) },
  { name: 'chat', title: 'Candor: chat', rows: serviceRows('chat', [conversations()]) },
  { name: 'billing', title: 'Candor: billing', rows: serviceRows('billing', [payments()]) },
  { name: 'transcripts', title: 'Candor: transcripts', rows: serviceRows('transcripts', []) },
  { name: 'privacy', title: 'Candor: privacy', rows: serviceRows('privacy', [rights()]) },
  { name: 'web', title: 'Candor: web', rows: [webPages(), processRow('web')] },
]
