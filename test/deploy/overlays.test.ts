import { availableParallelism, loadavg } from 'node:os'
import { lint } from '@candor/deploy/checks/lint'
import { readTree } from '@candor/deploy/checks/manifest'
import { validate } from '@candor/deploy/checks/schema/validate'
import { contractSecrets } from '@candor/deploy/generate/contract-secrets'
import { settle } from '@candor/testing/settle'
import { describe, expect, test } from 'vitest'
import { kustomize, overlays, render, renderAnew, renderOverlay } from './render.ts'

describe.skipIf(!kustomize).each(overlays)('the overlay %s', (overlay) => {
  test('renders in under a second without a warning', async () => {
    const { warnings } = await renderOverlay(overlay)
    expect(warnings).toBe('')
    // A second of a processor of its own: longer where others wait for one.
    await settle(async () => {
      const busy = Math.max(1, (loadavg()[0]! + 1) / availableParallelism())
      expect((await renderAnew(overlay)).tookMs / busy).toBeLessThan(1_000)
    }, untilLoadIsKnownMs)
  })

  test('has only objects that their schemas know, with all their fields', async () => {
    const objects = await render(overlay)
    const refused = await Promise.all(
      objects.map(async (object) =>
        (await validate(object)).map((problem) => `${object.kind}/${object.metadata.name}: ${problem}`),
      ),
    )
    expect(refused.flat()).toEqual([])
  })

  test('follows every rule, but for the exceptions written down', async () => {
    expect(lint(readTree(overlay, await render(overlay), contractSecrets))).toEqual([])
  })
})

/** The load is an average of the last minute. */
const untilLoadIsKnownMs = 90_000
