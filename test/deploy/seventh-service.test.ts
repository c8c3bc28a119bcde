import { cpSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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
    const { objects } = await renderFolder(kustomize!, join(folder, 'overlays', overlay))
    const own = objects.filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/name'] === 'parcels')
    expect(own.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['Deployment', 'Service', 'ConfigMap']),
    )
    expect((await Promise.all(own.map((object) => validate(object)))).flat()).toEqual([])
    expect(lint(readTree(overlay, objects, contractSecrets))).toEqual([])
  })
})

/** As deploy/README.md tells it: a folder, a line in the list, and where its image comes from. */
function scaffold(folder: string): void {
  for (const part of ['base', 'components', 'overlays', 'platform', 'services'])
    cpSync(join(deployDir, part), join(folder, part), { recursive: true })
  mkdirSync(join(folder, 'services/parcels'))
  writeFileSync(join(folder, 'services/parcels/kustomization.yaml'), sixLines)
  change(join(folder, 'services/kustomization.yaml'), (text) => `${text.trimEnd()}\n  - parcels\n`)
  for (const overlay of overlays) {
    change(join(folder, 'overlays', overlay, 'kustomization.yaml'), (text) => {
      const image = /^ {2}- name: web\n(?: {4}.*\n?)+/m.exec(text)![0]
      return text.replace(image, image.replaceAll('web', 'parcels') + image)
    })
  }
}

function change(file: string, edit: (text: string) => string): void {
  writeFileSync(file, edit(readFileSync(file, 'utf8')))
}

const sixLines = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [../../base]
components: [../../components/public-route, ../../components/autoscaling, ../../components/named]
configMapGenerator:
- {name: service-env, behavior: merge, options: {labels: {app.kubernetes.io/name: parcels}}}
`
