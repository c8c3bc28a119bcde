import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { choosePorts } from '../src/stack/ports.ts'
import { loadSecrets, natsPublicKeys } from '../src/stack/secrets.ts'
import { temporaryFolder } from './folder.ts'

test('a wrong environment is refused with every wrong variable named', () => {
  expect(() => readConfig({ CANDOR_PORT: '99999', LOG_LEVEL: 'loud' })).toThrow(/CANDOR_PORT[^]*LOG_LEVEL/)
  expect(readConfig({}).port).toBe(8080)
})

test('a port that would be another one at each start is refused in words', () => {
  expect(() => readConfig({ CANDOR_PORT: '0' })).toThrow('CANDOR_PORT: must be a port from 1 to 65535')
})

test('secrets are made once, differ between services, and only their owner may read them', () => {
  using folder = temporaryFolder()
  const secrets = loadSecrets(folder.path)
  expect(loadSecrets(folder.path)).toEqual(secrets)
  expect(new Set(Object.values(secrets.sealingKeys)).size).toBe(5)
  expect(statSync(join(folder.path, 'secrets.json')).mode & 0o777).toBe(0o600)
  const publicKeys = Object.values(natsPublicKeys(secrets))
  expect(publicKeys.every((key) => key.startsWith('U'))).toBe(true)
  expect(readFileSync(join(folder.path, 'secrets.json'), 'utf8')).not.toContain(publicKeys[0])
})

test('every part gets a port of its own, and the same one at the next start', async () => {
  using folder = temporaryFolder()
  const ports = await choosePorts(folder.path)
  expect(new Set(Object.values(ports)).size).toBe(Object.keys(ports).length)
  expect(await choosePorts(folder.path)).toEqual(ports)
})
