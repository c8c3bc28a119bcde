import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { instrument, isOfPlatform } from './instrument.ts'

const root = new URL('../../..', import.meta.url).pathname
const modules = globSync('{services,packages}/*/src/**/*.ts', { cwd: root })
  .filter((module) => isOfPlatform(`/${module}`))
  .map((module) => ({ module, source: readFileSync(root + module, 'utf8') }))

test('each publish to a stream, acknowledgement and mail has a crash point', () => {
  const without = modules.flatMap(({ module, source }) => {
    // What goes by core NATS, to whoever listens or as an answer, is lost by design.
    const steps = source.match(/(?<!nats|live)\.(publish|ack|ackAck|nak|term|sendMail)\(/g) ?? []
    return steps.length === instrument(source, module).sites.length ? [] : [module]
  })
  expect(without).toEqual([])
  expect(modules.flatMap(({ module, source }) => instrument(source, module).sites).length).toBeGreaterThan(6)
})

test('every commit leaves by the one driver whose commits are crash points', () => {
  const drivers = modules.filter(({ source }) => /from '(pg|postgres|pg-[a-z]+|slonik)'/.test(source))
  expect(drivers.map(({ module }) => module).toSorted()).toEqual([
    'packages/runtime/src/answer-deadline.ts',
    'packages/runtime/src/migrate.ts',
    'packages/runtime/src/postgres.ts',
    'packages/runtime/src/provision-database.ts',
  ])
})
