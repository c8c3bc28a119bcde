import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig, refuseMovedClock, SecretKey, ServiceEnvironment } from '@candor/runtime/config'

const complete = {
  DATABASE_URL: 'postgres://chat_app:secret@db/candor_chat',
  NATS_URL: 'nats://broker:4222',
  NATS_SEED: 'SUABCDEF',
  HTTP_PORT: '8081',
  OPERATIONS_PORT: '9081',
  PUBLIC_URL: 'https://chat.example.org/',
}

function refusal(env: NodeJS.ProcessEnv): string {
  try {
    readConfig(ServiceEnvironment, env)
  } catch (err) {
    return (err as Error).message
  }
  throw new Error('the environment was accepted')
}

test('a complete environment is read, with numbers as numbers and defaults filled in', () => {
  expect(readConfig(ServiceEnvironment, complete)).toMatchObject({
    HTTP_PORT: 8081,
    DATABASE_POOL_SIZE: 10,
    LOG_LEVEL: 'info',
    PUBLIC_URL: 'https://chat.example.org',
  })
})

test('every variable that is missing or wrong is named at once', () => {
  const message = refusal({ HTTP_PORT: 'eighty', NATS_URL: 'http://broker', LOG_LEVEL: 'loud' })
  const named = [...message.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name)
  expect(named.toSorted()).toEqual([
    'DATABASE_URL',
    'HTTP_PORT',
    'LOG_LEVEL',
    'NATS_SEED',
    'NATS_URL',
    'OPERATIONS_PORT',
    'PUBLIC_URL',
  ])
})

test('an empty variable counts as missing, not as zero', () => {
  expect(refusal({ ...complete, HTTP_PORT: '' })).toContain('HTTP_PORT')
})

test('no value is told, for some are secrets', () => {
  const secret = 'hunter2-canary'
  const everywhere = Object.fromEntries(Object.keys(ServiceEnvironment.shape).map((name) => [name, secret]))
  expect(refusal(everywhere)).not.toContain(secret)
})

test('a moved clock is refused in production only', () => {
  const schema = ServiceEnvironment.refine(refuseMovedClock, { path: ['CLOCK_OFFSET_MS'], message: 'moved' })
  const moved = { ...complete, CLOCK_OFFSET_MS: '1000' }
  expect(readConfig(schema, { ...moved, NODE_ENV: 'test' }).CLOCK_OFFSET_MS).toBe(1000)
  expect(() => readConfig(schema, { ...moved, NODE_ENV: 'production' })).toThrow('CLOCK_OFFSET_MS')
  expect(() => readConfig(schema, { ...complete, NODE_ENV: 'production' })).not.toThrow()
})

test('a secret key is 32 bytes', () => {
  expect(SecretKey.parse(Buffer.alloc(32, 7).toString('base64'))).toHaveLength(32)
  for (const bytes of [0, 16, 31, 33])
    expect(SecretKey.safeParse(Buffer.alloc(bytes).toString('base64')).success).toBe(false)
})

test('secrets may come as files named as their variables, one line end apart', () => {
  using folder = credentialFiles({
    DATABASE_URL: `${complete.DATABASE_URL}\n`,
    NATS_SEED: complete.NATS_SEED,
  })
  const { DATABASE_URL, NATS_SEED, ...open } = complete
  const config = readConfig(ServiceEnvironment, { ...open, CREDENTIALS_DIRECTORY: folder.path })
  expect(config).toMatchObject({ DATABASE_URL, NATS_SEED })
})

test('what lies beside the files, as Kubernetes and systemd put it there, is left alone', () => {
  using folder = credentialFiles({ 'not-ours': 'x', '..data': 'x' })
  mkdirSync(join(folder.path, '..2026_11_22'))
  expect(readConfig(ServiceEnvironment, { ...complete, CREDENTIALS_DIRECTORY: folder.path })).toMatchObject({
    HTTP_PORT: 8081,
  })
})

test('a file that is wrong, empty, unreadable or told as a variable too is named, and its text is not', () => {
  const secret = 'hunter2-canary'
  using folder = credentialFiles({ DATABASE_URL: secret, NATS_SEED: '', NATS_URL: secret })
  mkdirSync(join(folder.path, 'HTTP_PORT'))
  const open = { ...complete, DATABASE_URL: '', HTTP_PORT: '', NATS_SEED: '' }
  const message = refusal({ ...open, CREDENTIALS_DIRECTORY: folder.path })
  const named = [...message.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name)
  expect([...new Set(named)].toSorted()).toEqual(['DATABASE_URL', 'HTTP_PORT', 'NATS_SEED', 'NATS_URL'])
  expect(message).toContain('NATS_URL: given both as a variable and as a file')
  expect(message).not.toContain(secret)
})

test('a folder of secrets that is not there is named', () => {
  expect(refusal({ ...complete, CREDENTIALS_DIRECTORY: '/nowhere/credentials' })).toContain(
    'CREDENTIALS_DIRECTORY',
  )
})

function credentialFiles(files: Record<string, string>): Disposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), 'candor-credentials-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text)
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) }
}
