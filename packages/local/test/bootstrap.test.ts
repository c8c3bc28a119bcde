import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
// @ts-expect-error It is plain JavaScript: it must run before anything that could strip types is there.
import * as bootstrap from '../bootstrap.mjs'
import { temporaryFolder } from './folder.ts'

const lockfile = {
  packages: {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/for-another-machine': { version: '1.0.0', optional: true },
    'node_modules/@candor/x': { resolved: 'packages/x', link: true },
  },
}
const { '': _, 'node_modules/for-another-machine': __, ...installed } = lockfile.packages

test('nothing is installed when a clone has what its lockfile names', () => {
  expect(bootstrap.isInstalled(lockfile, { packages: installed })).toBe(true)
  const older = { ...installed, 'node_modules/a': { version: '0.9.0' } }
  expect(bootstrap.isInstalled(lockfile, { packages: older })).toBe(false)
  const { 'node_modules/a': ___, ...without } = installed
  expect(bootstrap.isInstalled(lockfile, { packages: without })).toBe(false)
})

test('a fresh clone and a changed lockfile are reasons to install; the same lockfile is none', () => {
  using folder = temporaryFolder()
  const at = (path: string) => join(folder.path, path)
  const text = JSON.stringify(lockfile)
  writeFileSync(at('package-lock.json'), text)
  expect(bootstrap.reasonToInstall(folder.path)).toBe('first run')
  mkdirSync(at('node_modules/.bin'), { recursive: true })
  writeFileSync(at('node_modules/.bin/node'), '')
  expect(bootstrap.reasonToInstall(folder.path)).toBe('dependencies changed')
  writeFileSync(at('node_modules/.candor-installed'), createHash('sha256').update(text).digest('hex'))
  expect(bootstrap.reasonToInstall(folder.path)).toBeUndefined()
  writeFileSync(at('package-lock.json'), `${text}\n`)
  expect(bootstrap.reasonToInstall(folder.path)).toBe('dependencies changed')
})

test('what is installed on the way is told on stderr, for a command may be piped into another', () => {
  using folder = temporaryFolder()
  const at = (path: string) => join(folder.path, path)
  for (const name of ['local', 'x']) mkdirSync(at(`packages/${name}`), { recursive: true })
  copyFileSync(join(import.meta.dirname, '../bootstrap.mjs'), at('packages/local/bootstrap.mjs'))
  const x = { name: 'x', version: '1.0.0' }
  const clone = { name: 'clone', version: '1.0.0', workspaces: ['packages/x'] }
  const packages = { '': clone, 'packages/x': x, 'node_modules/x': { resolved: 'packages/x', link: true } }
  writeFileSync(at('packages/x/package.json'), JSON.stringify(x))
  writeFileSync(at('package.json'), JSON.stringify(clone))
  writeFileSync(at('package-lock.json'), JSON.stringify({ ...clone, lockfileVersion: 3, packages }))
  const { stdout, stderr } = spawnSync(process.execPath, [at('packages/local/bootstrap.mjs'), 'secrets'], {
    encoding: 'utf8',
  })
  expect(stderr).toContain('Dependencies installed')
  expect(stdout).toBe('')
})

test("the pinned Node comes first on the command's PATH", () => {
  expect(bootstrap.commandEnvironment('/clone', { PATH: '/usr/bin', HOME: '/h' })).toEqual({
    PATH: '/clone/node_modules/.bin:/usr/bin',
    HOME: '/h',
  })
})

test('a command that a signal ended has the exit code a shell would give it', () => {
  expect(bootstrap.exitCodeOf(3, null)).toBe(3)
  expect(bootstrap.exitCodeOf(null, 'SIGINT')).toBe(130)
})

test('a failed installation names a full disk', () => {
  expect(bootstrap.installFailure(1, 12)).toMatch(/Only 12 MB are free/)
  expect(bootstrap.installFailure(1, 50_000)).not.toMatch(/MB/)
})
