import type { AlertCase } from './alert-cases.ts'

/** As in alert-cases.ts, for what the cluster tells. */
export const clusterAlertCases: Record<string, AlertCase> = {
  PodCrashLooping: {
    // Between two waits it runs.
    fires: [[10, { [crashing('chat-1')]: '1 1 _ 1 1 1 _ _ _ 1 1 1 1 1 1 1' }]],
    quiet: [{ [crashing('chat-1')]: '1 1 0x20' }],
  },
  MigrationFailed: {
    fires: [[0, { 'kube_job_failed{job_name="chat-migrate-3f2a",condition="true"}': '1x20' }]],
    quiet: [{ 'kube_job_failed{job_name="chat-migrate-3f2a",condition="true"}': '0x20' }],
  },
  RolloutStuck: {
    fires: [[0, { [stuck('chat')]: '1x20' }]],
    // The other is not ours.
    quiet: [{ [stuck('chat')]: '0x20', [stuck('grafana')]: '1x20' }],
  },
  BrokerNotWhole: {
    fires: [
      [
        10,
        {
          'kube_statefulset_replicas{statefulset="nats"}': '3x20',
          'kube_statefulset_status_replicas_ready{statefulset="nats"}': '2x20',
        },
      ],
    ],
    quiet: [
      {
        'kube_statefulset_replicas{statefulset="nats"}': '3x20',
        'kube_statefulset_status_replicas_ready{statefulset="nats"}': '3 2 2 3x20',
      },
    ],
  },
  VolumeFilling: {
    fires: [
      [
        15,
        {
          'kubelet_volume_stats_used_bytes{persistentvolumeclaim="data-nats-0"}': '9x20',
          'kubelet_volume_stats_capacity_bytes{persistentvolumeclaim="data-nats-0"}': '10x20',
        },
      ],
    ],
    quiet: [
      {
        'kubelet_volume_stats_used_bytes{persistentvolumeclaim="data-nats-0"}': '7 9 7x20',
        'kubelet_volume_stats_capacity_bytes{persistentvolumeclaim="data-nats-0"}': '10x20',
      },
    ],
  },
  BackupMissed: {
    fires: [
      [
        5,
        {
          'kube_cronjob_status_last_successful_time{cronjob="backup"}': '-34000x20',
          'kube_cronjob_created{cronjob="backup"}': '-900000x20',
        },
      ],
      // One that never succeeded has no sample of that.
      [5, { 'kube_cronjob_created{cronjob="nats-snapshot"}': '-34000x20' }],
    ],
    quiet: [
      {
        'kube_cronjob_status_last_successful_time{cronjob="backup"}': '-20000x8 -32300x3 0x20',
        'kube_cronjob_created{cronjob="backup"}': '-900000x20',
      },
      { 'kube_cronjob_created{cronjob="backup"}': '-20000x8 -32300x3 0x20' },
      // It only waits to be asked.
      { 'kube_cronjob_created{cronjob="restore-streams"}': '-900000x20' },
    ],
  },
  ScaledToLimit: {
    fires: [
      [
        15,
        {
          'kube_horizontalpodautoscaler_status_current_replicas{horizontalpodautoscaler="chat"}': '6x30',
          'kube_horizontalpodautoscaler_spec_max_replicas{horizontalpodautoscaler="chat"}': '6x30',
        },
      ],
    ],
    quiet: [
      {
        'kube_horizontalpodautoscaler_status_current_replicas{horizontalpodautoscaler="chat"}': '5 6 5x30',
        'kube_horizontalpodautoscaler_spec_max_replicas{horizontalpodautoscaler="chat"}': '6x30',
      },
    ],
  },
  CertificateExpiring: {
    fires: [
      [60, { 'certmanager_certificate_expiration_timestamp_seconds{name="public"}': '1000000x90' }],
      // Made anew, and not read by a server that was not started since.
      [
        60,
        {
          'certificate_end_timestamp_seconds{name="NATS"}': '1000000x90',
          'certmanager_certificate_expiration_timestamp_seconds{name="nats"}': '30000000x90',
        },
      ],
      // Scraped as the makers' chart does.
      [
        60,
        {
          'certmanager_certificate_expiration_timestamp_seconds{name="public",namespace="cert-manager",exported_namespace="live"}':
            '1000000x90',
        },
      ],
    ],
    quiet: [
      {
        'certmanager_certificate_expiration_timestamp_seconds{name="public"}': '2000000 1000000 2000000x90',
      },
    ],
  },
}

function crashing(pod: string): string {
  return `kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff",container="chat",pod="${pod}"}`
}

function stuck(deployment: string): string {
  return `kube_deployment_status_condition{deployment="${deployment}",condition="Progressing",status="false"}`
}
