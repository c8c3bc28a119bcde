import { readFileSync } from 'node:fs'
import { createLifecycle } from '@candor/runtime/lifecycle'
import { createLogger } from '@candor/runtime/logger'
import { readWebConfig } from '@candor/web/src/server/config.ts'
import { startWeb } from '@candor/web/src/server/start-web.ts'
import { services } from '@candor/contracts/callers'
import { rootDir } from '@candor/local/config'
import { freePorts } from '@candor/local/processes/free-port'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { alerts } from '@candor/deploy/monitoring/alerts'
import { clusterAlerts } from '@candor/deploy/monitoring/cluster-alerts'
import { dashboards } from '@candor/deploy/monitoring/dashboards'
import { ruleGroups } from '@candor/deploy/monitoring/rules'
import { startStack } from '../stack.ts'
import { metricsIn, selectorsIn } from './read-promql.ts'
import { blocksIn } from './runbooks.ts'

/** What Prometheus itself and the cluster tell, which no process of ours exports. */
const foreign = [
  'up',
  'kube_pod_container_status_waiting_reason',
  'kube_job_failed',
  'kube_deployment_status_condition',
  'kube_statefulset_replicas',
  'kube_statefulset_status_replicas_ready',
  'kube_cronjob_created',
  'kubelet_volume_stats_used_bytes',
  'kubelet_volume_stats_capacity_bytes',
  'kube_cronjob_status_last_successful_time',
  'kube_horizontalpodautoscaler_status_current_replicas',
  'kube_horizontalpodautoscaler_spec_max_replicas',
  'certmanager_certificate_expiration_timestamp_seconds',
]

/** By the metric: who exports it, the labels of its samples where there are any, and the buckets of a histogram. */
const exported = new Map<string, { by: Set<string>; labels: Set<string>; buckets: Set<number> }>()
const stack = new AsyncDisposableStack()

beforeAll(async () => {
  const running = stack.use(await startStack())
  const ports: [service: string, operationsPort: number][] = [
    ...services.map((service) => [service, running.doors[service].operationsPort] as [string, number]),
    ['web', await startPages(running.url)],
  ]
  for (const [service, port] of ports)
    readExported(service, await (await fetch(`http://127.0.0.1:${port}/metrics`)).text())
})
afterAll(() => stack.disposeAsync())

async function startPages(publicUrl: string): Promise<number> {
  const [httpPort, operationsPort] = (await freePorts(2)) as [number, number]
  const log = createLogger({ service: 'web', level: 'silent' })
  const lifecycle = createLifecycle(log)
  stack.defer(() => lifecycle.stop())
  const config = readWebConfig({
    LISTEN_ON: '127.0.0.1',
    HTTP_PORT: String(httpPort),
    OPERATIONS_PORT: String(operationsPort),
    PUBLIC_URL: publicUrl,
  })
  await startWeb(config, { log, lifecycle })
  await (await fetch(`http://127.0.0.1:${httpPort}/nowhere.png`)).text()
  return operationsPort
}

function readExported(service: string, text: string): void {
  for (const [, name, type] of text.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
    const known = exported.get(name!) ?? { by: new Set(), labels: new Set(), buckets: new Set() }
    known.by.add(service)
    const suffixes = type === 'histogram' ? '(?:_bucket|_count|_sum)' : ''
    for (const [, pairs] of text.matchAll(new RegExp(`^${name}${suffixes}{(.*)} `, 'gm')))
      for (const [, label, value] of pairs!.matchAll(/(\w+)="([^"]*)"/g)) {
        known.labels.add(label!)
        if (label === 'le') known.buckets.add(Number(value))
      }
    exported.set(name!, known)
  }
}

/** Without what Prometheus adds to a histogram's name. */
function findMetric(name: string) {
  return exported.get(name) ?? exported.get(name.replace(/_(bucket|count|sum)$/, ''))
}

const recorded = new Set(
  ruleGroups().flatMap(({ rules }) => rules.flatMap((rule) => ('record' in rule ? [rule.record] : []))),
)
const scaler: { path: string; value: any }[] = parse(
  readFileSync(`${rootDir}/deploy/components/worker-scaling/by-late-events.yaml`, 'utf8'),
)
const scaledBy: string[] = scaler
  .find(({ path }) => path === '/spec/triggers')!
  .value.flatMap(({ metadata }: any) => metadata.query ?? [])
const queries = [
  ...scaledBy,
  ...ruleGroups().flatMap(({ rules }) => rules.map(({ expr }) => expr)),
  ...dashboards.flatMap(({ rows }) =>
    rows.flatMap(({ panels }) =>
      panels.flatMap(({ show }) => show.map(([expr]) => expr.replaceAll('$in', 'namespace="live"'))),
    ),
  ),
  ...blocksIn('promql'),
]

test('rules, dashboards, runbooks and autoscalers name only metrics that the services export', () => {
  const named = [...new Set(queries.flatMap(metricsIn))]
  expect(named.length).toBeGreaterThan(40)
  expect(scaledBy.flatMap(metricsIn)).toContain('event_lag_seconds_count')
  expect(named.filter((name) => !recorded.has(name) && !foreign.includes(name) && !findMetric(name))).toEqual(
    [],
  )
})

test.for(dashboards.filter(({ name }) => name !== 'overview'))(
  'the dashboard of $name shows only what that service exports',
  ({ name: service, rows }) => {
    const shown = rows.flatMap(({ panels }) => panels.flatMap(({ show }) => show.map(([expr]) => expr)))
    const named = [...new Set(shown.flatMap((expr) => metricsIn(expr.replaceAll('$in', ''))))]
    expect(named.filter((name) => !recorded.has(name) && !findMetric(name)?.by.has(service))).toEqual([])
  },
)

test('they ask only for labels that those metrics have', () => {
  // Given to each pod's samples when they are scraped.
  const given = ['namespace', 'pod', 'service', 'le']
  const wrong = queries.flatMap(selectorsIn).filter(({ metric, labels }) => {
    const found = findMetric(metric)
    if (!found || found.labels.size === 0) return false
    return labels.some((label) => !given.includes(label) && !found.labels.has(label))
  })
  expect(wrong).toEqual([])
})

test('what a level is measured by has a bucket at its limit', () => {
  const limits = queries.flatMap((expr) => [...expr.matchAll(/(\w+)_bucket{[^}]*\ble=~?"([\d.]+)/g)])
  expect(new Set(limits.map(([, histogram]) => histogram)).size).toBe(4)
  expect(limits.filter(([, name, limit]) => !exported.get(name!)!.buckets.has(Number(limit)))).toEqual([])
})

test('an alert that hangs on what the cluster tells says so by its group', () => {
  const ofCluster = (expr: string) =>
    metricsIn(expr).some((name) => /^(kube|kubelet|certmanager)_/.test(name))
  expect(alerts.filter(({ expr }) => ofCluster(expr))).toEqual([])
  expect(clusterAlerts().filter(({ expr }) => !ofCluster(expr))).toEqual([])
})
