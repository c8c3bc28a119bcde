import { expect, test } from 'vitest'
import { installation } from './installation.ts'
import { kustomize } from './render.ts'

test.skipIf(!kustomize)(
  'workers that are scaled by what waits for them have that scaler and no other',
  async () => {
    const { ofKind, get } = await installation('../../test/deploy/fixtures/worker-scaling')
    const plain = await installation('staging')
    const scaled = ofKind('ScaledObject')
    expect(scaled.map(({ metadata }) => metadata.name)).toEqual(['billing', 'transcripts'])
    for (const { metadata, spec } of scaled) {
      expect(get('Deployment', spec.scaleTargetRef.name).metadata.namespace).toBe(metadata.namespace)
      const by = plain.get('HorizontalPodAutoscaler', metadata.name).spec
      expect(spec.minReplicaCount).toBe(by.minReplicas)
      const [prometheus] = spec.triggers
      expect(prometheus.metadata.query).toBe(`max(consumer_pending{consumer=~"${metadata.name}-from-.+"})`)
    }
    const left = plain.ofKind('HorizontalPodAutoscaler').map(({ metadata }) => metadata.name)
    expect(ofKind('HorizontalPodAutoscaler').map(({ metadata }) => metadata.name)).toEqual(
      left.filter((name) => !['billing', 'transcripts'].includes(name)),
    )
  },
)
