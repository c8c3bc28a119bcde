import { services } from '@candor/contracts/callers'
import { quantity } from '@candor/deploy/checks/quantity'
import { describe, expect, test } from 'vitest'
import { installation, overlays } from './installation.ts'
import { kustomize } from './render.ts'

const scaled = overlays.filter((overlay) => overlay !== 'local')

describe.skipIf(!kustomize).each(scaled)('in the overlay %s', (overlay) => {
  test('a service gets pods by what its one thread is busy with, before that thread is full or the kernel slows it', async () => {
    const { get, ofKind } = await installation(overlay)
    const scalers = ofKind('HorizontalPodAutoscaler')
    expect(scalers.map(({ metadata }) => metadata.name).toSorted()).toEqual([...services, 'web'].toSorted())
    for (const { metadata, spec } of scalers) {
      const { name, target } = spec.metrics[0].resource
      expect([spec.metrics.length, name, target.type], metadata.name).toEqual([1, 'cpu', 'AverageValue'])
      const [container] = get('Deployment', metadata.name).spec.template.spec.containers
      const busy = quantity(target.averageValue)
      expect(busy, metadata.name).toBeGreaterThan(quantity(container.resources.requests.cpu))
      expect(busy, metadata.name).toBeLessThan(threadCores)
      expect(quantity(container.resources.limits.cpu), metadata.name).toBeGreaterThanOrEqual(threadCores)
    }
  })

  test('pods come at once, twice as many, and go one by one, after a lull that is no breath', async () => {
    const { ofKind } = await installation(overlay)
    for (const { metadata, spec } of ofKind('HorizontalPodAutoscaler')) {
      const { scaleUp, scaleDown } = spec.behavior
      expect(scaleUp, metadata.name).toEqual({
        stabilizationWindowSeconds: 0,
        policies: [{ type: 'Percent', value: 100, periodSeconds: 30 }],
      })
      expect(scaleDown.stabilizationWindowSeconds, metadata.name).toBeGreaterThanOrEqual(300)
      expect(scaleDown.selectPolicy ?? 'Max', metadata.name).toBe('Max')
      expect(scaleDown.policies, metadata.name).toEqual([{ type: 'Pods', value: 1, periodSeconds: 60 }])
    }
  })
})

/** What JavaScript runs on. */
const threadCores = 1
