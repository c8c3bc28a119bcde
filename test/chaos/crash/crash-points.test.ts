import { expect, test } from 'vitest'
import { instrument } from './instrument.ts'
import { listSites, readModules } from './modules.ts'
import { notMet } from './not-met.ts'

const modules = readModules()

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
    'packages/runtime/src/postgres.ts',
    'packages/runtime/src/prepared-statements.ts',
  ])
})

test('whoever sends a statement with a database in hand is listed with the commits', () => {
  const listed = listSites().join('\n')
  const without = modules.filter(
    ({ module, source }) =>
      /\b(asTenant|asLookup)\(|\.transaction\(\)/.test(source) &&
      !listed.includes(`before commit in ${module}`),
  )
  expect(without.map(({ module }) => module)).toEqual(['packages/runtime/src/tenancy.ts'])
  expect(listSites().length).toBeGreaterThan(200)
})

test('a crash point that is excused is there', () => {
  expect(Object.keys(notMet).filter((site) => !listSites().includes(site))).toEqual([])
})
