import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { eventStream } from '@candor/contracts/subjects'
import { rootDir } from '@candor/local/config'
import { jetstreamManager } from '@nats-io/jetstream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faults } from './doctor-faults.ts'
import { startPatient } from './start-patient.ts'
import type { Patient } from './start-patient.ts'

let patient: Patient
beforeAll(async () => {
  patient = await startPatient()
})
afterAll(() => patient[Symbol.asyncDispose]())

test('nothing is found where nothing is wrong', async () => {
  const { wrong, text } = await patient.examine()
  expect(wrong, text).toEqual([])
  expect(text).toMatch(/ok +permissions +(\d+) of \1 granted, 4 of 4 others refused/)
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
