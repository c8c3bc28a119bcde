import { describe, expect, test } from 'vitest'
import { installation, overlays } from './installation.ts'
import { kustomize } from './render.ts'

const signed = overlays.filter((overlay) => overlay !== 'local')

describe.skipIf(!kustomize).each(signed)('in the overlay %s', (overlay) => {
  test('a certificate is renewed well before its end, with a new key, and an authority outlives what it signs', async () => {
    const { ofKind } = await installation(overlay)
    const certificates = ofKind('Certificate').map(({ metadata, spec }) => ({ name: metadata.name, ...spec }))
    const authorities = certificates.filter(({ isCA }) => isCA)
    const others = certificates.filter(({ isCA }) => !isCA)
    expect(authorities.length).toBe(1)
    expect(others.length).toBeGreaterThan(1)
    for (const { name, duration, renewBefore, privateKey } of others) {
      expect(hours(renewBefore ?? '720h'), name).toBeLessThanOrEqual(hours(duration ?? '2160h') / 2)
      expect(privateKey.rotationPolicy, name).toBe('Always')
      expect(hours(authorities[0].duration)).toBeGreaterThan(2 * hours(duration ?? '2160h'))
    }
  })

  test('what a certificate is kept in is read by somebody', async () => {
    const { ofKind, workloads } = await installation(overlay)
    const read = [
      ...ofKind('Gateway').flatMap(({ spec }) =>
        spec.listeners.flatMap(({ tls }: any) => tls.certificateRefs.map(({ name }: any) => name)),
      ),
      ...ofKind('Ingress').flatMap(({ spec }) => spec.tls.map(({ secretName }: any) => secretName)),
      ...ofKind('Issuer').flatMap(({ spec }) => spec.ca?.secretName ?? []),
      ...workloads.flatMap(({ pod }) => pod.volumes.flatMap(({ secret }: any) => secret?.secretName ?? [])),
    ]
    for (const { spec } of ofKind('Certificate')) expect(read).toContain(spec.secretName)
  })
})

/** Of cert-manager's form; where none is named it takes ninety days, and renews thirty before their end. */
function hours(duration: string): number {
  return Number(/^(\d+)h$/.exec(duration)?.[1])
}
