import { services } from '@candor/contracts/callers'
import { errorReasons } from '@candor/contracts/errors'
import { describe, expect, onTestFinished, test } from 'vitest'
import { alerts } from '@candor/deploy/monitoring/alerts'
import { clusterAlerts } from '@candor/deploy/monitoring/cluster-alerts'
import { burns, levels } from '@candor/deploy/monitoring/levels'
import type { Level } from '@candor/deploy/monitoring/levels'
import { alertCases } from './alert-cases.ts'
import { findPromtool } from './find-promtool.ts'
import { mutantsOf } from './alert-mutants.ts'
import { scenesOf } from './alert-scenes.ts'
import { alertPlayer } from './play-alerts.ts'
import type { Scene } from './play-alerts.ts'

const promtool = await findPromtool()
const others = [...alerts, ...clusterAlerts()]

describe.skipIf(!promtool)('as promtool plays them', () => {
  const player = () => {
    const made = alertPlayer(promtool!)
    onTestFinished(() => made[Symbol.dispose]())
    return made
  }

  test('the rules are what Prometheus reads', () => player().check())

  test('each alert without a budget fires when it should, says of whom, and is quiet when it should be', async () => {
    await player().play(others.flatMap(scenesOf))
  }, 60_000)

  test('each number in them is the right one: another, be it waited for or compared with, is noticed', async () => {
    const made = player()
    const left = await Promise.all(others.map((alert) => made.unnoticed(mutantsOf(alert), scenesOf(alert))))
    expect(left.flat().map(({ name, expr, for: held }) => `${name} for ${held}: ${expr}`)).toEqual([])
  }, 60_000)

  test('where nothing of anybody is there every service is down', async () => {
    const firing = [...services, 'web'].map((service) => ({ service }))
    await player().play([
      { alert: 'ServiceDown', series: {}, atMinute: 2, expected: { by: ['service'], firing } },
    ])
  })

  test('what goes wrong in other namespaces of the cluster alerts nobody here', async () => {
    const scenes = clusterAlerts()
      .flatMap(scenesOf)
      .map((scene): Scene => {
        const series = Object.fromEntries(
          Object.entries(scene.series).map(([one, values]) => [
            one.startsWith('up{') ? one : one.replaceAll('namespace="live"', 'namespace="other"'),
            values,
          ]),
        )
        return { ...scene, series, expected: { by: ['severity'], firing: [] } }
      })
    await player().play(scenes)
  })

  test('each budget alerts at each speed of the table, and no sooner', async () => {
    const scenes = levels.map((level): Scene => {
      const used = burns.filter(({ severity }) => level.speeds === 'all' || severity === 'ticket')
      const budget = 1 - level.objective
      const shares = used.flatMap(({ rate }) => [0.9, 1.1].map((near) => rate * near * budget))
      return {
        alert: level.alert,
        // One service a share.
        series: Object.assign(
          {},
          ...shares.map((share) =>
            traffic(level, { service: String(share), perMinute: 1_000, badShare: share }),
          ),
        ),
        atMinute: 20,
        expected: {
          by: ['service', 'severity', 'window'],
          firing: shares.flatMap((share) =>
            used
              .filter(({ rate }) => rate * budget < share)
              .map(({ severity, long }) => ({ service: String(share), severity, window: long })),
          ),
        },
      }
    })
    await player().play(scenes)
  })

  test('a page ends minutes after what was wrong has, while its hour is still spoilt', async () => {
    const [level] = levels
    const series = {
      ...traffic(level!, { service: 'chat', perMinute: 1_000, badShare: 0 }),
      'rpc_requests_total{service="chat",door="http",reason="internal"}': '0+500x30 15000x90',
    }
    const firing = (atMinute: number, windows: string[]): Scene => ({
      alert: level!.alert,
      series,
      atMinute,
      expected: { by: ['window'], firing: windows.map((window) => ({ window })) },
    })
    await player().play([firing(29, ['1h', '6h', '1d', '3d']), firing(40, ['6h', '1d', '3d'])])
  })

  test('where there are hardly any calls, one that fails wakes nobody', async () => {
    const scenes = levels
      .filter(({ atLeastPerHour }) => atLeastPerHour > 0)
      .map((level) => ({
        alert: level.alert,
        series: traffic(level, { service: 'chat', perMinute: 1, badShare: 0.5 }),
        atMinute: 65,
        expected: { by: ['window'], firing: [] },
      }))
    await player().play(scenes)
  })
})

test('an alert ends within an hour of what was wrong', () => {
  const windows = others.flatMap(({ name, expr }) =>
    [...expr.matchAll(/\[(\w+)\]/g)].map(([, window]) => ({ name, window })),
  )
  expect(windows.length).toBeGreaterThan(10)
  expect(windows.filter(({ window }) => !/^(1h|[1-5]?\dm)$/.test(window!))).toEqual([])
})

test('every alert is played, and none that is not there', () => {
  expect(Object.keys(alertCases).toSorted()).toEqual(others.map(({ name }) => name).toSorted())
})

/** Counters as a service would show them for what a level counts. */
function traffic(
  { name }: Level,
  { service, perMinute, badShare }: { service: string; perMinute: number; badShare: number },
): Record<string, string> {
  const total = `0+${perMinute}x120`
  const good = `0+${perMinute * (1 - badShare)}x120`
  const bad = `0+${perMinute * badShare}x120`
  const of = (metric: string, ...labels: string[]) =>
    `${metric}{${[`service="${service}"`, ...labels].join(',')}}`
  if (name === 'availability') {
    const reasons = Object.entries(errorReasons)
    const ours = reasons.filter(([, { code }]) => codesOfServers.has(code)).map(([reason]) => reason)
    const theirs = ['ok', ...reasons.map(([reason]) => reason).filter((reason) => !ours.includes(reason))]
    const spread = (among: string[], share: number) =>
      among.map((reason) => [
        of('rpc_requests_total', 'door="http"', `reason="${reason}"`),
        `0+${(perMinute * share) / among.length}x120`,
      ])
    return {
      ...Object.fromEntries([...spread(ours, badShare), ...spread(theirs, 1 - badShare)]),
      // What services ask each other does not count.
      [of('rpc_requests_total', 'door="nats"', 'reason="unavailable"')]: total,
    }
  }
  if (name === 'pages')
    return {
      [of('web_request_duration_seconds_count', 'status="200"')]: good,
      [of('web_request_duration_seconds_count', 'status="500"')]: bad,
    }
  const [histogram, le, ...labels] = histograms[name]!
  return {
    [of(`${histogram}_bucket`, `le="${le}"`, ...labels)]: good,
    [of(`${histogram}_count`, ...labels)]: total,
    ...(name === 'latency' && { [of(`${histogram}_count`, 'door="nats"')]: total }),
  }
}

/** Those that HTTP answers with a status from 500 on. */
const codesOfServers = new Set(['INTERNAL_SERVER_ERROR', 'SERVICE_UNAVAILABLE', 'GATEWAY_TIMEOUT'])

/** Prometheus 3 writes the bounds of buckets in another way than Prometheus 2. */
const histograms: Record<string, [histogram: string, le: string, ...labels: string[]]> = {
  latency: ['rpc_request_duration_seconds', '0.5', 'door="http"'],
  delivery: ['chat_delivery_seconds', '1'],
  event_lag: ['event_lag_seconds', '10.0'],
  erasure: ['privacy_erasure_seconds', '60'],
}
