import type { Alert } from '@candor/deploy/monitoring/alert'
import { alertCases } from './alert-cases.ts'
import type { Scene } from './play-alerts.ts'

/** What an alert's cases say, each at its minute and the one before. It has to say all that its summary speaks of, and whose it is. */
export function scenesOf({ name: alert, severity, summary }: Alert): Scene[] {
  const { fires, quiet, says = [{}] } = alertCases[alert]!
  const spoken = [...summary.matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label!)
  const isOfService = fires.some(([, series]) => Object.keys(series).some((one) => /\bservice=/.test(one)))
  const by = [...new Set(['severity', 'namespace', ...(isOfService ? ['service'] : []), ...spoken])]
  return [
    ...fires.flatMap(([atMinute, series, ofWhom = says]) => {
      const known = { ...labelsIn(series), severity, namespace: 'live' }
      const firing = ofWhom.map((labels) =>
        Object.fromEntries(by.map((label) => [label, { ...known, ...labels }[label] ?? 'unknown'])),
      )
      const scene = { alert, series: located(series), atMinute, expected: { by, firing } }
      const sooner = { ...scene, atMinute: atMinute - 1, expected: { by, firing: [] } }
      return atMinute === 0 ? [scene] : [scene, sooner]
    }),
    ...quiet.map((series) => ({
      alert,
      series: located(series),
      atMinute: lastMinute(series),
      ever: true,
      expected: { by, firing: [] },
    })),
  ]
}

/**
 * In an installation of ours, of which one service at least is there. Each replica tells of what all of them see, such as a
 * table, a stream or a clock, and is not to be counted twice.
 */
function located(series: Record<string, string>): Record<string, string> {
  const here = Object.entries(series).flatMap(([one, values]) => {
    const placed = /\bnamespace=/.test(one) ? one : one.replace('{', '{namespace="live",')
    const replicas = /\bservice=/.test(one) && !/\bpod=|_total{/.test(one) ? ['pod="a",', 'pod="b",'] : ['']
    return replicas.map((pod) => [placed.replace('{', `{${pod}`), values])
  })
  return {
    'up{namespace="live",app_kubernetes_io_name="billing",pod="a"}': '1x130',
    ...Object.fromEntries(here),
  }
}

/** Of the first that has it. */
function labelsIn(series: Record<string, string>): Record<string, string> {
  const pairs = Object.keys(series).flatMap((one) => [...one.matchAll(/(\w+)="([^"]*)"/g)])
  return Object.fromEntries(pairs.toReversed().map(([, label, value]) => [label, value]))
}

function lastMinute(series: Record<string, string>): number {
  const lengths = Object.values(series).map((values) =>
    values.split(' ').reduce((sum, one) => sum + 1 + Number(/x(\d+)$/.exec(one)?.[1] ?? 0), 0),
  )
  return Math.min(...lengths) - 1
}
