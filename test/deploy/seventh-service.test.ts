import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { render as renderFolder } from '@candor/deploy/checks/kustomize/render'
import { lint } from '@candor/deploy/checks/lint'
import { readTree } from '@candor/deploy/checks/manifest'
import { validate } from '@candor/deploy/checks/schema/validate'
import { contractSecrets } from '@candor/deploy/generate/contract-secrets'
import { some } from '@candor/testing/long-form'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deployDir, kustomize, overlays } from './render.ts'

describe.skipIf(!kustomize)('a seventh service, of six lines and one in the list', () => {
  const folder = mkdtempSync(join(tmpdir(), 'candor-seventh-'))
  beforeAll(() => scaffold(folder))
  afterAll(() => rmSync(folder, { recursive: true }))

  test.each(some(overlays, 2))('follows every rule in the overlay %s', async (overlay) => {
    const { objects } = await renderFolder(kustomize!, join(folder, 'deploy/overlays', overlay))
    const own = objects.filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/name'] === 'parcels')
    expect(own.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['Deployment', 'Service', 'ConfigMap']),
    )
    expect((await Promise.all(own.map((object) => validate(object)))).flat()).toEqual([])
    expect(lint(readTree(overlay, objects, contractSecrets))).toEqual([])
  })
})

/** As docs/operations.md tells it, by its own commands. */
function scaffold(folder: string): void {
  const deploy = join(folder, 'deploy')
  for (const part of ['base', 'components', 'overlays', 'platform', 'services'])
    cpSync(join(deployDir, part), join(deploy, part), { recursive: true })
  const guide = readFileSync(join(deployDir, '../docs/operations.md'), 'utf8')
  const [, recipe] = /^## Add a service$[^]*?^```sh\n([^]*?)^```$/m.exec(guide)!
  execFileSync('sh', ['-euc', recipe!], { cwd: folder })
}
