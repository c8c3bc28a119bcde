import { globSync, readFileSync } from 'node:fs'
import { createLifecycle } from '@candor/runtime/lifecycle'
import { createLogger } from '@candor/runtime/logger'
import { readWebConfig } from '@candor/web/src/server/config.ts'
import { startWeb } from '@candor/web/src/server/start-web.ts'
import { services } from '@candor/contracts/callers'
import { rootDir } from '@candor/local/config'
import { freePorts } from '@candor/local/processes/free-port'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { alerts } from '@candor/deploy/monitoring/alerts'
import { clusterAlerts } from '@candor/deploy/monitoring/cluster-alerts'
import { dashboards } from '@candor/deploy/monitoring/dashboards'
import { ruleGroups } from '@candor/deploy/monitoring/rules'
import { startStack } from '../stack.ts'
import { groupingsIn, metricsIn, selectorsIn, unitsOf, valuesIn } from './read-promql.ts'
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

/** By the metric: who exports it, the labels that its samples may have, and the buckets of a histogram. */
const exported = new Map<string, Exported>()
const stack = new AsyncDisposableStack()

beforeAll(async () => {
  const registered = vi.spyOn(Registry.prototype, 'registerMetric')
  const running = stack.use(await startStack())
  const ports: [service: string, operationsPort: number][] = [
    ...services.map((service) => [service, running.doors[service].operationsPort] as [string, number]),
    ['web', await startPages(running.url)],
  ]
  for (const [service, port] of ports)
    readExported(service, await (await fetch(`http://127.0.0.1:${port}/metrics`)).text())
  // One that has counted nothing yet has labels and no sample.
  for (const [metric] of registered.mock.calls) {
    const { name, help, labelNames, upperBounds = [] } = metric as unknown as Registered
    const known = exported.get(name)
    if (!known) continue
    known.help = help
    for (const label of labelNames) known.labels.add(label)
    for (const bound of upperBounds) known.buckets.add(bound)
  }
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
  for (const [, name] of text.matchAll(/^# TYPE (\S+) \S+$/gm)) {
    const known = exported.get(name!) ?? { by: new Set(), labels: new Set(), buckets: new Set(), help: '' }
    known.by.add(service)
    exported.set(name!, known)
  }
}

const histogramSuffix = /_(bucket|count|sum)$/

/** Without what Prometheus adds to a histogram's name. */
function findMetric(name: string) {
  return exported.get(name) ?? exported.get(name.replace(histogramSuffix, ''))
}

const sources = new Map(
  globSync('{packages,services}/*/src/**/*.ts', { cwd: rootDir }).map((path) => [
    path,
    readFileSync(`${rootDir}/${path}`, 'utf8'),
  ]),
)
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

/** Given to each pod's samples when they are scraped. */
const given = ['namespace', 'pod', 'service']

function lacksLabel(metric: string, label: string): boolean {
  const found = findMetric(metric)
  if (!found || given.includes(label)) return false
  return label === 'le' ? !metric.endsWith('_bucket') : !found.labels.has(label)
}

test('they ask only for labels that those metrics have, and sum by no others', () => {
  const asked = [
    ...queries.flatMap(selectorsIn),
    ...queries
      .flatMap(groupingsIn)
      .flatMap(({ labels, metrics }) => metrics.map((metric) => ({ metric, labels }))),
  ]
  expect(asked.length).toBeGreaterThan(200)
  expect(asked.filter(({ metric, labels }) => labels.some((label) => lacksLabel(metric, label)))).toEqual([])
})

test('what they compare a label with is a word of those who set it', () => {
  const asked = queries
    .flatMap(valuesIn)
    .filter(({ metric, label }) => findMetric(metric) && !given.includes(label) && label !== 'le')
  expect(asked.length).toBeGreaterThan(20)
  const unknown = asked.filter(
    ({ metric, value }) => !new RegExp(`(?<![\\w-])${value}(?![\\w-])`).test(sourcesAround(metric)),
  )
  expect(unknown).toEqual([])
})

/** Of the package that declares a metric, and of the contracts, which name procedures and reasons. */
function sourcesAround(metric: string): string {
  const name = exported.has(metric) ? metric : metric.replace(histogramSuffix, '')
  const declaring = [...sources].find(([, text]) => text.includes(`'${name}'`))
  const [place, workspace] = declaring?.[0].split('/') ?? []
  return [...sources]
    .filter(([path]) => path.startsWith(`${place}/${workspace}/`) || path.startsWith('packages/contracts/'))
    .map(([, text]) => text)
    .join('\n')
}

test.for(
  dashboards.flatMap(({ name, rows }) =>
    rows.flatMap(({ panels }) => panels.map((panel) => ({ name, ...panel }))),
  ),
)(
  'the panel "$title" of $name has the unit of what it shows, names its lines by labels that are there, and hides nothing below zero',
  ({ unit, isSigned, show }) => {
    for (const [expr, legend] of show) {
      const query = expr.replaceAll('$in', 'namespace="live"')
      expect(unitsOf(query), expr).toContain(unit)
      const kept = groupingsIn(query).flatMap(({ labels }) => labels)
      const plain = !/\b(?:sum|max|min|avg|count|histogram_quantile)\b/.test(query)
      const named = [...legend.matchAll(/{{(\w+)}}/g)].map(([, label]) => label!)
      const unnamed = named.filter((label) =>
        plain ? metricsIn(query).some((metric) => lacksLabel(metric, label)) : !kept.includes(label),
      )
      expect(unnamed, legend).toEqual([])
    }
    const shown = show.flatMap(([expr]) => metricsIn(expr.replaceAll('$in', '')))
    const belowZero = shown.some((metric) => /negative/.test(findMetric(metric)?.help ?? ''))
    expect(isSigned === true).toBe(belowZero)
  },
)

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

interface Exported {
  readonly by: Set<string>
  readonly labels: Set<string>
  readonly buckets: Set<number>
  help: string
}

/** As prom-client keeps it. */
interface Registered {
  name: string
  help: string
  labelNames: readonly string[]
  upperBounds?: readonly number[]
}
