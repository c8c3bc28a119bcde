import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { services } from '@candor/contracts/callers'
import { render as renderFolder } from '@candor/deploy/checks/kustomize/render'
import { lint } from '@candor/deploy/checks/lint'
import { readTree } from '@candor/deploy/checks/manifest'
import { validate } from '@candor/deploy/checks/schema/validate'
import { contractSecrets } from '@candor/deploy/generate/contract-secrets'
import { expect, onTestFinished, test } from 'vitest'
import { installation } from './installation.ts'
import { deployDir, kustomize } from './render.ts'

test.skipIf(!kustomize).each(['staging', 'production'])(
  '%s is watched, with a dashboard of every service',
  async (overlay) => {
    const { ofKind } = await installation(overlay)
    expect([ofKind('PodMonitor').length, ofKind('PrometheusRule').length]).toEqual([1, 1])
    const shown = ofKind('ConfigMap')
      .filter(({ metadata }) => metadata.labels?.grafana_dashboard === '1')
      .flatMap(({ metadata }) => /^(.+)-dashboard$/.exec(metadata.name)?.[1] ?? [])
    expect(shown).toEqual(expect.arrayContaining([...services, 'web', 'overview']))
  },
)

test.skipIf(!kustomize)(
  'one business on its own is watched once a line of its overlay is no comment any more',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'candor-monitored-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    for (const part of ['base', 'components', 'overlays', 'platform', 'services'])
      cpSync(join(deployDir, part), join(folder, part), { recursive: true })
    const overlay = join(folder, 'overlays/self-hosted')
    const file = join(overlay, 'kustomization.yaml')
    const text = readFileSync(file, 'utf8')
    const edited = text.replace('  # - ../../components/monitoring', '  - ../../components/monitoring')
    expect(edited).not.toBe(text)
    writeFileSync(file, edited)

    const { objects, warnings } = await renderFolder(kustomize!, overlay)
    expect(warnings).toBe('')
    expect(objects.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['PrometheusRule', 'PodMonitor']))
    expect((await Promise.all(objects.map((object) => validate(object)))).flat()).toEqual([])
    expect(lint(readTree('self-hosted', objects, contractSecrets))).toEqual([])
  },
)
