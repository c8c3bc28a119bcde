import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unnamedImages, withRelease } from '@candor/deploy/generate/release'
import { expect, test } from 'vitest'

const read = (file: string) =>
  readFileSync(join(import.meta.dirname, '../../deploy/overlays/production', file), 'utf8')
/** As they are before the first release, whatever was released since. */
const files = {
  kustomization: read('kustomization.yaml').replaceAll(/sha256:\S+/g, `sha256:${'0'.repeat(64)}`),
  settings: read('settings.env').replace(/^RELEASE=.*$/m, 'RELEASE=r1'),
}
const digest = `sha256:${'ab'.repeat(32)}`

test('a release changes the digests that it names and the name of each Job, and not a line besides', () => {
  const { kustomization, settings } = withRelease(files, 'r42', { chat: digest })
  const changedLines = (before: string, after: string) =>
    after.split('\n').filter((line, place) => line !== before.split('\n')[place])
  expect(changedLines(files.kustomization, kustomization)).toEqual([`    digest: ${digest}`])
  expect(changedLines(files.settings, settings)).toEqual(['RELEASE=r42'])
  expect(kustomization).toContain(`/chat\n    digest: ${digest}`)
  const withTag = withRelease(files, 'r42', { postgres: digest }).kustomization
  expect(changedLines(files.kustomization, withTag)).toEqual([`    digest: ${digest}`])
})

test('what has no digest yet is told, and a wrong name, digest or image is refused', () => {
  const before = unnamedImages(files.kustomization)
  expect(before).toEqual(expect.arrayContaining(['chat', 'postgres']))
  expect(unnamedImages(withRelease(files, 'r42', { chat: digest }).kustomization)).toEqual(
    before.filter((image) => image !== 'chat'),
  )
  expect(() => withRelease(files, 'R 42', {})).toThrow('small letters')
  expect(() => withRelease(files, 'r42', { chat: 'latest' })).toThrow('not a digest')
  expect(() => withRelease(files, 'r42', { chat: `${digest}=x` })).toThrow('not a digest')
  expect(() => withRelease(files, 'r42', { mystery: digest })).toThrow('no image mystery')
  expect(() => withRelease(files, 'r42', { '.*': digest })).toThrow('no image .*')
})

test('a digest that a release has is exchanged under another name only, for its Jobs do not change', () => {
  const first = withRelease(files, 'r1', { chat: digest })
  const other = `sha256:${'cd'.repeat(32)}`
  expect(withRelease(first, 'r1', { chat: digest })).toEqual(first)
  expect(withRelease(first, 'r1', { web: digest }).kustomization).toContain(`/web\n    digest: ${digest}`)
  expect(() => withRelease(first, 'r1', { chat: other })).toThrow('name it anew')
  expect(withRelease(first, 'r2', { chat: other }).kustomization).toContain(`/chat\n    digest: ${other}`)
})
