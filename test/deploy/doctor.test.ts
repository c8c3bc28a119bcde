import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { providerCheck } from '@candor/billing/check-provider'
import { Config as BillingConfig } from '@candor/billing/config'
import { migrations as billingMigrations } from '@candor/billing/migrations'
import { Config } from '@candor/chat/config'
import { migrations } from '@candor/chat/migrations'
import { eventStream } from '@candor/contracts/subjects'
import { rootDir } from '@candor/local/config'
import { databaseUrl } from '@candor/runtime/provision-database'
import { jetstreamManager } from '@nats-io/jetstream'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { faults } from './doctor-faults.ts'
import { providerFaults } from './provider-faults.ts'
import { startPatient } from './start-patient.ts'
import type { Patient } from './start-patient.ts'
import { startSilent } from './start-silent.ts'
import { startThirdParties } from './start-third-parties.ts'

let patient: Patient
beforeAll(async () => {
  patient = await startPatient({ service: 'chat', schema: Config, migrations })
})
afterAll(() => patient[Symbol.asyncDispose]())

test('nothing is found where nothing is wrong', async () => {
  const { wrong, text } = await patient.examine()
  expect(wrong, text).toEqual([])
  expect(text).toMatch(/ok +permissions +(\d+) of \1 granted, 4 of 4 others refused/)
})

test('nothing is wrong with the second role that there is while a password is exchanged', async () => {
  await patient.run(
    `create role chat_app_next login in role chat_app password 'next'`,
    'drop role chat_app_next',
  )
  const next = { user: 'chat_app_next', password: 'next' }
  const { wrong, text } = await patient.examine({
    DATABASE_URL: databaseUrl(patient.database.appUrl, next),
  })
  expect(wrong, text).toEqual([])
})

test.for(faults)('found: $fault', async ({ plant, wrong, says }) => {
  const settings = await plant(patient)
  const found = await patient.examine(settings ?? {})
  expect(found.wrong, found.text).toEqual(wrong)
  expect(found.text).toMatch(says)
})

test('looking stores nothing, takes no event and acknowledges none', async () => {
  const identity = await patient.nats.connect('identity')
  identity.publish('events.identity.staff-changed', '{}')
  await identity.flush()
  const manager = await jetstreamManager(patient.admin)
  const stored = async () => ({
    streams: (await manager.streams.list().next()).map(({ config, state }) => [config.name, state.last_seq]),
    consumers: (await manager.consumers.list(eventStream).next()).map(
      ({ name, delivered, ack_floor, num_pending, num_waiting }) => ({
        name,
        delivered: delivered.consumer_seq,
        acknowledged: ack_floor.consumer_seq,
        num_pending,
        num_waiting,
      }),
    ),
  })
  // Whoever asks a consumer for its next event is given it only while somebody listens where it goes.
  const chat = await patient.nats.connect('chat')
  chat.subscribe('_INBOX_chat.>', { callback: () => {} })
  await chat.flush()
  const before = await stored()
  expect(before.consumers).toContainEqual(
    expect.objectContaining({ name: 'chat-from-identity', num_pending: 1 }),
  )
  await patient.examine()
  expect(await stored()).toEqual(before)
})

test.for([
  { settings: {}, code: 0, says: /ok +permissions/ },
  { settings: { NATS_SEED: 'none' }, code: 1, says: /NATS_SEED: the seed of a NATS user key/ },
  { settings: { SMTP_URL: 'smtp://127.0.0.1:1' }, code: 1, says: /WRONG +mail[^]*Check SMTP_URL/ },
])('as a command it exits by what it found: $settings', async ({ settings, code, says }) => {
  const doctor = spawn(process.execPath, [`${rootDir}/services/chat/src/doctor.ts`], {
    env: { PATH: process.env.PATH, ...patient.healthy, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [printed, [exitCode]] = await Promise.all([doctor.stdout.toArray(), once(doctor, 'exit')])
  expect(printed.join('')).toMatch(says)
  expect(exitCode).toBe(code)
})

test('as a command it ends, also where a broker that hangs has taken its connection', async () => {
  const settings = { ...patient.healthy, NATS_URL: `nats://127.0.0.1:${await startSilent()}` }
  const doctor = spawn(process.execPath, [`${rootDir}/services/chat/src/doctor.ts`], {
    env: { PATH: process.env.PATH, ...settings },
    stdio: 'ignore',
  })
  onTestFinished(() => void doctor.kill('SIGKILL'))
  const ended = once(doctor, 'exit', { signal: AbortSignal.timeout(30_000) })
  expect(await ended).toEqual([1, null])
})

describe('the payment provider', () => {
  const stack = new AsyncDisposableStack()
  let billing: Patient
  beforeAll(async () => {
    const { settings } = stack.use(await startThirdParties())
    const also = (config: BillingConfig) => [providerCheck(config)]
    const kind = { service: 'billing', schema: BillingConfig, migrations: billingMigrations, also } as const
    billing = stack.use(await startPatient({ ...kind, settings }))
  })
  afterAll(() => stack.disposeAsync())

  test('has nothing wrong where it knows our key, and refuses another', async () => {
    const { wrong, text } = await billing.examine()
    expect(wrong, text).toEqual([])
    expect(text).toMatch(/ok +provider +localhost:\d+ knows our key/)
    const other = await billing.examine({ PAYMENT_API_KEY: 'that of somebody else' })
    expect(other.text).toMatch(/WRONG +provider +localhost:\d+ answers 401\n.*refuses our key/)
    const broken = await billing.examine({ PAYMENT_API_KEY: 'of two\nlines' })
    expect(broken.text).toMatch(/WRONG +provider[^]*PAYMENT_API_KEY cannot stand in a header/)
    expect(broken.text).not.toContain('of two')
  })

  test.for(providerFaults)('is told of truly where it $fault', async ({ serve, says }) => {
    const { wrong, text } = await billing.examine({ PAYMENT_API_URL: await serve() })
    expect(wrong, text).toEqual(['provider'])
    expect(text).toMatch(says)
  })
})
