import { lint } from '@candor/deploy/checks/lint'
import { readTree } from '@candor/deploy/checks/manifest'
import { validate } from '@candor/deploy/checks/schema/validate'
import { contractSecrets } from '@candor/deploy/generate/contract-secrets'
import { services } from '@candor/contracts/callers'
import { sourcesOf } from '@candor/events/nats-permissions'
import { describe, expect, test } from 'vitest'
import { findPromtool } from './find-promtool.ts'
import { installation } from './installation.ts'
import { alertPlayer } from './play-alerts.ts'
import { kustomize, renderOverlay } from './render.ts'

const promtool = await findPromtool()
const workers = ['privacy']
const withKeda = (overlay: string) => `../../test/deploy/fixtures/worker-scaling/${overlay}`

describe.skipIf(!kustomize).each(['staging', 'production'])('over the overlay %s', (overlay) => {
  test('privacy is scaled by late events, with all the numbers that its autoscaler had', async () => {
    const { ofKind } = await installation(withKeda(overlay))
    const plain = await installation(overlay)
    const scaled = ofKind('ScaledObject')
    expect(scaled.map(({ metadata }) => metadata.name)).toEqual(workers)
    for (const { metadata, spec } of scaled) {
      const before = plain.get('HorizontalPodAutoscaler', metadata.name)
      expect(metadata).toEqual(before.metadata)
      expect(spec).toMatchObject({
        scaleTargetRef: before.spec.scaleTargetRef,
        minReplicaCount: before.spec.minReplicas,
        maxReplicaCount: before.spec.maxReplicas,
        fallback: { replicas: before.spec.minReplicas },
        advanced: { horizontalPodAutoscalerConfig: { behavior: before.spec.behavior } },
        triggers: [
          {
            type: 'prometheus',
            metadata: {
              // A replica for each that is late.
              threshold: '1',
              query: expect.stringContaining(
                `{namespace="${metadata.namespace}",service="${metadata.name}",le=~"5`,
              ),
            },
          },
          {
            type: 'cpu',
            metricType: 'AverageValue',
            metadata: { value: before.spec.metrics[0].resource.target.averageValue },
          },
        ],
      })
    }
    const left = plain.ofKind('HorizontalPodAutoscaler').map(({ metadata }) => metadata.name)
    expect(ofKind('HorizontalPodAutoscaler').map(({ metadata }) => metadata.name)).toEqual(
      left.filter((name) => !workers.includes(name)),
    )
  })

  test('every service that listens to more sources than it has replicas is scaled so, and no other', async () => {
    const { get } = await installation(overlay)
    const least = (service: string) => get('HorizontalPodAutoscaler', service).spec.minReplicas
    expect(services.filter((service) => sourcesOf(service).length > least(service))).toEqual(workers)
  })

  test('it renders without a warning, as its schema knows it, and follows every rule', async () => {
    const { objects, warnings } = await renderOverlay(withKeda(overlay))
    expect(warnings).toBe('')
    const refused = await Promise.all(
      objects.filter(({ kind }) => kind === 'ScaledObject').map((object) => validate(object)),
    )
    expect(refused).toEqual(workers.map(() => []))
    expect(lint(readTree(overlay, structuredClone(objects), contractSecrets))).toEqual([])
  })
})

// Prometheus 3 writes whole numbers with a fraction.
test.skipIf(!kustomize || !promtool).each(['5', '5.0'])(
  'privacy gets a replica for each of its own consumers that lags, and none for those of others: le="%s"',
  async (le) => {
    const { get } = await installation(withKeda('staging'))
    const { query } = get('ScaledObject', 'privacy').spec.triggers[0].metadata
    using player = alertPlayer(promtool!)
    const lag = (consumer: string, inTime: string, all: string, namespace = 'candor-staging') => {
      const labels = `namespace="${namespace}",service="${consumer.split('-')[0]}",consumer="${consumer}"`
      return {
        [`event_lag_seconds_bucket{${labels},le="${le}"}`]: inTime,
        [`event_lag_seconds_count{${labels}}`]: all,
      }
    }
    const quiet = {
      ...lag('privacy-from-identity', '0+90x10', '0+100x10'),
      ...lag('privacy-from-billing', '7x10', '9x10'),
      ...lag('billing-from-chat', '0x10', '0+100x10'),
      ...lag('privacy-from-chat', '0x10', '0+100x10', 'candor'),
    }
    await player.playQuery({ query, series: quiet, atMinute: 8, value: 0 })
    const late = {
      ...quiet,
      ...lag('privacy-from-chat', '0+40x10', '0+100x10'),
      ...lag('privacy-from-identity', '3x10', '0+100x10'),
    }
    await player.playQuery({ query, series: late, atMinute: 8, value: 2 })
  },
)
