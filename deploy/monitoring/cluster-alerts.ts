import { day, everyService, hour, minutes, stateful } from './alert.ts'
import type { Alert } from './alert.ts'

/** What the cluster tells about us, by kube-state-metrics and cert-manager. Where they are not installed these never fire. */
export const clusterAlerts = (): Alert[] => ofCluster.map((alert) => ({ ...alert, expr: here(alert.expr) }))

/** The cluster tells of everybody's. Ours is in the namespaces where there is a service of ours, whichever is left. */
function here(expr: string): string {
  return `(${expr}) and on (namespace) up{app_kubernetes_io_name=~"${stateful}"}`
}

const backups = 'cronjob=~".*(backup|dump|snapshot).*"'

const ofCluster: readonly Alert[] = [
  {
    name: 'PodCrashLooping',
    severity: 'page',
    // Between two waits it runs, be it for a minute: that is no end of it.
    expr: `max by (namespace, pod) (max_over_time(kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff",container=~"${everyService.join('|')}"}[5m])) > 0`,
    for: minutes(10),
    summary: '{{ $labels.pod }} ends soon after each start',
  },
  {
    name: 'MigrationFailed',
    severity: 'page',
    expr: `max by (namespace, job_name) (kube_job_failed{job_name=~".+-migrate-.+",condition="true"}) > 0`,
    for: minutes(0),
    summary: '{{ $labels.job_name }} failed: the new release does not become ready',
  },
  {
    name: 'RolloutStuck',
    severity: 'ticket',
    expr: `max by (namespace, deployment) (kube_deployment_status_condition{deployment=~"${everyService.join('|')}",condition="Progressing",status="false"}) > 0`,
    for: minutes(0),
    summary: 'the roll-out of {{ $labels.deployment }} does not come to its end; the pods before serve',
  },
  {
    name: 'BrokerNotWhole',
    severity: 'ticket',
    // Two of three go on; with the next one that goes, nothing does.
    expr: 'max by (namespace, statefulset) (kube_statefulset_replicas{statefulset="nats"}) - max by (namespace, statefulset) (kube_statefulset_status_replicas_ready{statefulset="nats"}) > 0',
    for: minutes(10),
    summary: '{{ $value }} of the NATS servers are not ready',
  },
  {
    name: 'VolumeFilling',
    severity: 'ticket',
    expr: 'max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_used_bytes / kubelet_volume_stats_capacity_bytes) > 0.8',
    for: minutes(15),
    summary: 'the volume {{ $labels.persistentvolumeclaim }} is filled to {{ $value | humanizePercentage }}',
  },
  {
    name: 'BackupMissed',
    severity: 'ticket',
    // Twice the longest schedule and what one may take. One that never succeeded has no sample of that.
    expr: [
      `time() - max by (namespace, cronjob) (kube_cronjob_status_last_successful_time{${backups}}) > ${9 * hour}`,
      `time() - max by (namespace, cronjob) (kube_cronjob_created{${backups}}) > ${9 * hour} unless max by (namespace, cronjob) (kube_cronjob_status_last_successful_time{${backups}})`,
    ].join(' or '),
    for: minutes(5),
    summary: '{{ $labels.cronjob }} has made no copy for more than nine hours',
  },
  {
    name: 'ScaledToLimit',
    severity: 'ticket',
    expr: `max by (namespace, horizontalpodautoscaler) (kube_horizontalpodautoscaler_status_current_replicas) >= max by (namespace, horizontalpodautoscaler) (kube_horizontalpodautoscaler_spec_max_replicas)`,
    for: minutes(15),
    summary: '{{ $labels.horizontalpodautoscaler }} would take more pods than it may',
  },
  {
    name: 'CertificateExpiring',
    severity: 'ticket',
    // Those that cert-manager made, and those that servers show, which may be older. As cert-manager is usually scraped, its
    // own namespace has taken the place of the certificate's.
    expr: `(min by (namespace, name) (label_replace(certmanager_certificate_expiration_timestamp_seconds, "namespace", "$1", "exported_namespace", "(.+)")) or min by (namespace, name) (certificate_end_timestamp_seconds)) - time() < ${14 * day}`,
    for: minutes(60),
    summary: 'the certificate {{ $labels.name }} ends within {{ $value | humanizeDuration }}',
  },
]
