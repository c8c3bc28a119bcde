import { services } from '@candor/contracts/callers'

/**
 * For each alert that has no budget: samples, one a minute, under which it fires and under which it does not. `a+bxn`
 * begins with a and adds b n times, `_` is a scrape without a sample.
 */
export const alertCases: Record<string, AlertCase> = {
  ServiceDown: {
    // All others are there.
    fires: {
      ...everyServiceUp('chat'),
      'up{app_kubernetes_io_name="chat",namespace="live",pod="a"}': '1 0x20',
    },
    quiet: {
      ...everyServiceUp(),
      // One pod of two.
      'up{app_kubernetes_io_name="chat",namespace="live",pod="b"}': '0x20',
    },
    labels: { service: 'chat' },
  },
  DependencyAway: {
    fires: {
      'readiness_check_ok{service="chat",check="nats",pod="a"}': '0x20',
      'readiness_check_ok{service="chat",check="nats",pod="b"}': '0x20',
    },
    quiet: {
      'readiness_check_ok{service="chat",check="nats",pod="a"}': '0x20',
      'readiness_check_ok{service="chat",check="nats",pod="b"}': '1x20',
    },
    labels: { service: 'chat', check: 'nats' },
  },
  OutboxStalled: {
    fires: { 'outbox_oldest_age_seconds{service="chat"}': '0+60x20' },
    quiet: { 'outbox_oldest_age_seconds{service="chat"}': '0 20 0 20 70 0x15' },
  },
  ConsumerStalled: {
    fires: { 'consumer_stalled_seconds{service="billing",consumer="billing-from-chat"}': '0+60x20' },
    quiet: { 'consumer_stalled_seconds{service="billing",consumer="billing-from-chat"}': '0+10x20' },
    labels: { consumer: 'billing-from-chat' },
  },
  StreamMissing: {
    fires: {
      'jetstream_stream_present{service="privacy",stream="EVENTS"}': '1 0x20',
      'jetstream_stream_present{service="privacy",stream="ERASURES"}': '1x20',
    },
    quiet: { 'jetstream_stream_present{service="privacy",stream="EVENTS"}': '1 0 1x20' },
    labels: { stream: 'EVENTS' },
  },
  StreamFilling: {
    fires: {
      'jetstream_stream_bytes{service="privacy",stream="EVENTS"}': '900x20',
      'jetstream_stream_bytes_max{service="privacy",stream="EVENTS"}': '1000x20',
    },
    quiet: {
      'jetstream_stream_bytes{service="privacy",stream="EVENTS"}': '700x20',
      'jetstream_stream_bytes_max{service="privacy",stream="EVENTS"}': '1000x20',
      // It has no limit.
      'jetstream_stream_bytes{service="privacy",stream="ERASURES"}': '5000x20',
    },
    labels: { stream: 'EVENTS' },
  },
  StreamCopiesBehind: {
    fires: { 'jetstream_stream_copies_behind{service="privacy",stream="ERASURES"}': '1x20' },
    quiet: { 'jetstream_stream_copies_behind{service="privacy",stream="ERASURES"}': '1 1 1 0x20' },
    labels: { stream: 'ERASURES' },
  },
  EventsParked: {
    fires: { 'events_parked{service="billing"}': '1x20' },
    quiet: { 'events_parked{service="billing"}': '0x20' },
  },
  DatabaseConnectionsExhausted: {
    fires: { 'pg_pool_connections{service="chat",state="waiting"}': '4x20' },
    quiet: {
      'pg_pool_connections{service="chat",state="waiting"}': '4 0 0 0 4 0x15',
      'pg_pool_connections{service="chat",state="idle"}': '9x20',
    },
  },
  ServiceSaturated: {
    fires: { 'process_cpu_seconds_total{service="chat"}': '0+57x30' },
    quiet: {
      'process_cpu_seconds_total{service="chat"}': '0+36x30',
      'nodejs_eventloop_lag_p99_seconds{service="chat"}': '0.02x30',
    },
  },
  SignInsQueue: {
    fires: { 'password_hashes_waiting{service="identity"}': '50x20' },
    quiet: { 'password_hashes_waiting{service="identity"}': '5x20' },
  },
  LettersWaiting: {
    fires: { 'mail_oldest_letter_age_seconds{service="privacy"}': '0+60x30' },
    quiet: { 'mail_oldest_letter_age_seconds{service="privacy"}': '30x30' },
    atMinute: 25,
  },
  RetentionOverdue: {
    fires: { 'retention_oldest_past_limit_seconds{service="chat",category="conversation"}': '4000+60x30' },
    quiet: { 'retention_oldest_past_limit_seconds{service="chat",category="conversation"}': '40x30' },
    labels: { category: 'conversation' },
  },
  RetentionSweepStopped: {
    fires: { 'retention_sweep_finished_timestamp_seconds{service="chat"}': '0x90' },
    quiet: {
      'retention_sweep_finished_timestamp_seconds{service="chat"}': '0+60x90',
      'process_start_time_seconds{service="chat"}': '0x90',
      // It keeps nothing of anybody.
      'process_start_time_seconds{service="web"}': '0x90',
    },
    atMinute: 80,
  },
  RequestOverdue: {
    fires: { 'privacy_requests_overdue{service="privacy"}': '0 1x20' },
    quiet: { 'privacy_requests_overdue{service="privacy"}': '0x20' },
  },
  RequestDueSoon: {
    fires: { 'privacy_request_seconds_left{service="privacy"}': '430000-60x20' },
    quiet: { 'privacy_request_seconds_left{service="privacy"}': '864000-60x20' },
  },
  BreachDeadlineNear: {
    fires: { 'privacy_breach_seconds_left{service="privacy"}': '80000-60x20' },
    quiet: { 'privacy_breach_seconds_left{service="privacy"}': '200000-60x20' },
  },
  ErasureFailing: {
    fires: { 'privacy_erasure_failures_total{service="privacy",holder="billing"}': '0+1x60' },
    quiet: { 'privacy_erasure_failures_total{service="privacy",holder="billing"}': '0+1x5 5x55' },
    labels: { holder: 'billing' },
    atMinute: 55,
  },
  ErasureResidue: {
    fires: { 'privacy_erasure_residues_total{service="privacy",holder="chat"}': '0+1x40' },
    quiet: { 'privacy_erasure_residues_total{service="privacy",holder="chat"}': '0 1x40' },
    labels: { holder: 'chat' },
    atMinute: 30,
  },
  RequestsNotDriven: {
    fires: { 'privacy_saga_late_seconds{service="privacy"}': '0+60x30' },
    quiet: { 'privacy_saga_late_seconds{service="privacy"}': '0 3 60 0x30' },
    atMinute: 25,
  },
  RulesUnpublished: {
    fires: { 'privacy_rules_unpublished{service="privacy"}': '2x20' },
    quiet: { 'privacy_rules_unpublished{service="privacy"}': '1 0 1 0 0x20' },
  },
  RulesRefused: {
    fires: { 'policies_refused_total{service="billing"}': '0 0 1x20' },
    quiet: { 'policies_refused_total{service="billing"}': '3x20' },
  },
  EndedSessionsStale: {
    fires: { 'ended_sessions_age_seconds{service="chat"}': '0+60x20' },
    quiet: { 'ended_sessions_age_seconds{service="chat"}': '1x20' },
  },
  AuditFactsLost: {
    fires: { 'audit_facts_lost_total{service="chat"}': '0 0 0 7x20' },
    quiet: { 'audit_facts_lost_total{service="chat"}': '0x20' },
    atMinute: 10,
  },
  RefreshTokensReused: {
    fires: { 'refresh_tokens_reused_total{service="identity"}': '0+2x30' },
    quiet: { 'refresh_tokens_reused_total{service="identity"}': '0 1 2x30' },
  },
  PaymentProviderFailing: {
    fires: {
      'outgoing_calls_total{service="billing",recipient="sandbox",outcome="failed"}': '0+8x40',
      'outgoing_calls_total{service="billing",recipient="sandbox",outcome="ok"}': '0+2x40',
    },
    quiet: {
      'outgoing_calls_total{service="billing",recipient="sandbox",outcome="failed"}': '0+1x40',
      'outgoing_calls_total{service="billing",recipient="sandbox",outcome="ok"}': '0+9x40',
    },
    labels: { recipient: 'sandbox' },
    atMinute: 30,
  },
  RecipientRefused: {
    fires: {
      // Its first sample is the first refusal.
      'outgoing_calls_total{service="billing",recipient="unregistered",outcome="refused"}': '_x4 1x20',
    },
    quiet: { 'outgoing_calls_total{service="billing",recipient="sandbox",outcome="ok"}': '0+9x20' },
    labels: { recipient: 'unregistered' },
  },
  PaymentWithoutPlan: {
    fires: {
      'payment_notices_total{service="billing",provider="sandbox",outcome="refused"}': '3x80 4x20',
    },
    quiet: {
      // Two hours ago.
      'payment_notices_total{service="billing",provider="sandbox",outcome="refused"}': '1x100',
      'payment_notices_total{service="billing",provider="sandbox",outcome="applied"}': '0+1x100',
    },
    labels: { provider: 'sandbox' },
    atMinute: 95,
  },
  PaymentNoticesRefused: {
    fires: { 'payment_notices_total{service="billing",provider="sandbox",outcome="unsigned"}': '0+1x20' },
    quiet: { 'payment_notices_total{service="billing",provider="sandbox",outcome="applied"}': '0+9x20' },
    labels: { provider: 'sandbox', outcome: 'unsigned' },
  },
  PodCrashLooping: {
    fires: {
      'kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff",container="service",pod="chat-1"}':
        '1x20',
    },
    quiet: {
      'kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff",container="service",pod="chat-1"}':
        '1 1 0x20',
    },
    labels: { pod: 'chat-1' },
  },
  MigrationFailed: {
    fires: { 'kube_job_failed{job_name="chat-migrate-3f2a",condition="true"}': '0 1x20' },
    quiet: { 'kube_job_failed{job_name="chat-migrate-3f2a",condition="true"}': '0x20' },
    labels: { job_name: 'chat-migrate-3f2a' },
  },
  RolloutStuck: {
    fires: {
      'kube_deployment_status_condition{deployment="chat",condition="Progressing",status="false"}': '0 1x20',
    },
    quiet: {
      'kube_deployment_status_condition{deployment="chat",condition="Progressing",status="false"}': '0x20',
      // Not ours.
      'kube_deployment_status_condition{deployment="grafana",condition="Progressing",status="false"}': '1x20',
    },
    labels: { deployment: 'chat' },
  },
  BrokerNotWhole: {
    fires: {
      'kube_statefulset_replicas{statefulset="nats"}': '3x20',
      'kube_statefulset_status_replicas_ready{statefulset="nats"}': '3 2x20',
    },
    quiet: {
      'kube_statefulset_replicas{statefulset="nats"}': '3x20',
      'kube_statefulset_status_replicas_ready{statefulset="nats"}': '3 2 2 3x20',
    },
    labels: { statefulset: 'nats' },
  },
  VolumeFilling: {
    fires: {
      'kubelet_volume_stats_used_bytes{persistentvolumeclaim="data-nats-0"}': '9x20',
      'kubelet_volume_stats_capacity_bytes{persistentvolumeclaim="data-nats-0"}': '10x20',
    },
    quiet: {
      'kubelet_volume_stats_used_bytes{persistentvolumeclaim="data-nats-0"}': '7x20',
      'kubelet_volume_stats_capacity_bytes{persistentvolumeclaim="data-nats-0"}': '10x20',
    },
    labels: { persistentvolumeclaim: 'data-nats-0' },
  },
  BackupMissed: {
    fires: {
      'kube_cronjob_status_last_successful_time{cronjob="postgres-backup"}': '-34000x20',
      'kube_cronjob_created{cronjob="postgres-backup"}': '-900000x20',
    },
    quiet: {
      'kube_cronjob_status_last_successful_time{cronjob="postgres-backup"}': '-30000x20',
      'kube_cronjob_created{cronjob="postgres-backup"}': '-900000x20',
    },
    labels: { cronjob: 'postgres-backup' },
  },
  ScaledToLimit: {
    fires: {
      'kube_horizontalpodautoscaler_status_current_replicas{horizontalpodautoscaler="chat"}': '6x30',
      'kube_horizontalpodautoscaler_spec_max_replicas{horizontalpodautoscaler="chat"}': '6x30',
    },
    quiet: {
      'kube_horizontalpodautoscaler_status_current_replicas{horizontalpodautoscaler="chat"}': '5x30',
      'kube_horizontalpodautoscaler_spec_max_replicas{horizontalpodautoscaler="chat"}': '6x30',
    },
    labels: { horizontalpodautoscaler: 'chat' },
    atMinute: 20,
  },
  CertificateExpiring: {
    fires: { 'certmanager_certificate_expiration_timestamp_seconds{name="public"}': '1000000x90' },
    quiet: { 'certmanager_certificate_expiration_timestamp_seconds{name="public"}': '5000000x90' },
    labels: { name: 'public' },
    atMinute: 80,
  },
}

function everyServiceUp(except?: string): Record<string, string> {
  return Object.fromEntries(
    [...services, 'web']
      .filter((service) => service !== except)
      .map((service) => [`up{app_kubernetes_io_name="${service}",namespace="live",pod="a"}`, '1x20']),
  )
}

export interface AlertCase {
  readonly fires: Record<string, string>
  readonly quiet: Record<string, string>
  /** What the alert has to say of where it is. */
  readonly labels?: Record<string, string>
  /** When it is looked at: 18 unless it takes longer. */
  readonly atMinute?: number
}
