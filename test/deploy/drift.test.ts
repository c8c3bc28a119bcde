import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { manifests } from '@candor/deploy/generate/manifests'
import { expect, test } from 'vitest'
import { installation, overlays } from './installation.ts'
import { kustomize } from './render.ts'

test.each(Object.entries(manifests()))(
  '%s is what follows from the contracts: else run npm run manifests',
  (path, text) => {
    expect(readFileSync(join(import.meta.dirname, '../../deploy', path), 'utf8')).toBe(text)
  },
)

test.skipIf(!kustomize).each(overlays)(
  'what was written is what the overlay %s gives to NATS and to the Job that makes its streams',
  async (overlay) => {
    const { ofKind } = await installation(overlay)
    const data = (prefix: string) =>
      ofKind('ConfigMap').find(({ metadata }) => metadata.name.startsWith(prefix)).data
    expect(data('nats-config-')['users.conf']).toBe(manifests()['platform/nats/users.conf'])
    expect(data('nats-streams-')['streams.json']).toBe(manifests()['platform/provision/streams.json'])
  },
)
