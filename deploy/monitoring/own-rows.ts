import { levels } from './levels.ts'
import { budgetPanel } from './panels.ts'
import type { Row } from './panels.ts'

export function signIns(): Row {
  return {
    title: 'Sign-ins',
    panels: [
      {
        title: 'Passwords checked',
        unit: 'ops',
        show: [['sum by (kind) (rate(password_hashes_total{$in}[5m]))', '{{kind}}']],
      },
      {
        title: 'Waiting for their password to be checked',
        unit: 'short',
        show: [['sum by (pod) (password_hashes_waiting{$in})', '{{pod}}']],
      },
      {
        title: 'Spent refresh tokens shown',
        unit: 'short',
        show: [['sum(increase(refresh_tokens_reused_total{$in}[1h]))', 'an hour']],
      },
    ],
  }
}

export function conversations(): Row {
  return {
    title: 'Conversations',
    panels: [
      budgetPanel(
        levels.find(({ name }) => name === 'delivery')!,
        'chat',
      ),
      {
        title: 'Delivery, median and 99th percentile',
        unit: 's',
        show: [
          ['histogram_quantile(0.5, sum by (le) (rate(chat_delivery_seconds_bucket{$in}[5m])))', 'median'],
          ['histogram_quantile(0.99, sum by (le) (rate(chat_delivery_seconds_bucket{$in}[5m])))', '99th'],
        ],
      },
      {
        title: 'Messages committed at once',
        unit: 'short',
        show: [
          [
            'sum(rate(chat_post_group_size_sum{$in}[5m])) / sum(rate(chat_post_group_size_count{$in}[5m]))',
            'mean',
          ],
        ],
      },
      {
        title: 'Mails received',
        unit: 'short',
        show: [['sum by (outcome) (increase(chat_mails_received_total{$in}[1h]))', '{{outcome}} an hour']],
      },
      {
        title: 'Taken out of texts',
        unit: 'short',
        show: [['sum by (kind) (increase(chat_guarded_total{$in}[1h]))', '{{kind}} an hour']],
      },
      {
        title: 'Consent obeyed after, 99th percentile',
        unit: 's',
        show: [
          [
            'histogram_quantile(0.99, sum by (le) (rate(chat_consent_effect_seconds_bucket{$in}[1h])))',
            '99th',
          ],
        ],
      },
    ],
  }
}

export function payments(): Row {
  return {
    title: 'Payments',
    panels: [
      {
        title: 'Calls to recipients',
        unit: 'reqps',
        show: [
          ['sum by (recipient, outcome) (rate(outgoing_calls_total{$in}[5m]))', '{{recipient}} {{outcome}}'],
        ],
      },
      {
        title: 'Notices received',
        unit: 'short',
        show: [['sum by (outcome) (increase(payment_notices_total{$in}[1h]))', '{{outcome}} an hour']],
      },
    ],
  }
}

export function rights(): Row {
  return {
    title: 'Rights of people',
    panels: [
      budgetPanel(
        levels.find(({ name }) => name === 'erasure')!,
        'privacy',
      ),
      {
        title: 'Requests: overdue, and erasures open',
        unit: 'short',
        show: [
          ['max(privacy_requests_overdue{$in})', 'overdue'],
          ['max(privacy_erasures_open{$in})', 'erasures open'],
        ],
      },
      {
        title: 'Until somebody has to be answered, and an authority told',
        unit: 's',
        isSigned: true,
        show: [
          ['min(privacy_request_seconds_left{$in})', 'request'],
          ['min(privacy_breach_seconds_left{$in})', 'breach'],
        ],
      },
      {
        title: 'Steps that failed',
        unit: 'short',
        show: [['sum by (holder) (increase(privacy_erasure_failures_total{$in}[1h]))', '{{holder}} an hour']],
      },
      {
        title: 'Searches that found something left',
        unit: 'short',
        show: [['sum by (holder) (increase(privacy_erasure_residues_total{$in}[1h]))', '{{holder}} an hour']],
      },
      {
        title: 'Work not taken up for',
        unit: 's',
        show: [['max(privacy_saga_late_seconds{$in})', 'late']],
      },
      {
        title: 'Rules not published',
        unit: 'short',
        show: [['max(privacy_rules_unpublished{$in})', 'businesses']],
      },
    ],
  }
}

export function webPages(): Row {
  return {
    title: 'Pages',
    panels: [
      budgetPanel(
        levels.find(({ name }) => name === 'pages')!,
        'web',
      ),
      {
        title: 'Requests',
        unit: 'reqps',
        show: [
          [
            'sum by (kind, status) (rate(web_request_duration_seconds_count{$in}[5m]))',
            '{{kind}} {{status}}',
          ],
        ],
      },
      {
        title: 'Time to answer, 99th percentile',
        unit: 's',
        show: [
          [
            'histogram_quantile(0.99, sum by (le, kind) (rate(web_request_duration_seconds_bucket{$in}[5m])))',
            '{{kind}}',
          ],
        ],
      },
    ],
  }
}
