import { roles, services } from '@candor/contracts/callers'
import { contracts, events } from '@candor/contracts/catalogue'
import { isInternal } from '@candor/contracts/contract'
import { errorReasons } from '@candor/contracts/errors'
import { purposes } from '@candor/contracts/purposes'
import { eventConsumer, liveSubject, rpcSubject } from '@candor/contracts/subjects'
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import { expect, test } from 'vitest'
import { z } from 'zod'

const procedures = Object.values(contracts).flatMap(({ name, procedures }) =>
  Object.entries(procedures).map(([procedure, row]) => ({ name: `${name}.${procedure}`, procedure, row })),
)
const callers = ['anyone', 'visitor', 'subject', 'operator', ...roles, ...services]
const words = /^[a-z]+(-[a-z]+)*$/

test('every service has a contract under its own name', () => {
  expect(Object.keys(contracts).toSorted()).toEqual([...services].toSorted())
  for (const [name, contract] of Object.entries(contracts)) expect(contract.name).toBe(name)
})

test.for(procedures)('$name says who may call it, in known words and each once', ({ row }) => {
  expect(row.access.length).toBeGreaterThan(0)
  expect(row.access.filter((word) => !callers.includes(word))).toEqual([])
  expect(new Set(row.access).size).toBe(row.access.length)
})

test.for(procedures)('$name says in a sentence what it does, why, and how it can fail', ({ row }) => {
  expect(row.summary).toMatch(/^[A-Z].*\.$/)
  expect(Object.keys(purposes)).toContain(row.purpose)
  expect(row.errors.filter((reason) => !(reason in errorReasons))).toEqual([])
})

test.for(procedures)(
  '$name takes an object, so that fields can be added and a refusal can name one',
  ({ row }) => {
    expect(row.input.safeParse('text').success).toBe(false)
    expect(z.toJSONSchema(row.input, { io: 'input', unrepresentable: 'any' })).toMatchObject({
      type: 'object',
    })
  },
)

test('what only services may call is internal, what a person may call is not', () => {
  const internal = procedures.filter(({ row }) => isInternal(row)).map(({ name }) => name)
  for (const service of services) {
    expect(internal).toContain(`${service}.eraseSubject`)
    expect(internal).toContain(`${service}.redriveParkedEvents`)
  }
  expect(internal).toContain('identity.issueSubjectToken')
  expect(internal).not.toContain('identity.getJwks')
  expect(internal).not.toContain('chat.postMessage')
})

test('only streams that people read are subscriptions: NATS serves none', () => {
  const internal = procedures.filter(({ row }) => row.kind === 'subscription' && isInternal(row))
  expect(internal).toEqual([])
})

test.for(events)(
  'event $source.$name is announced by a service and listened to by others, each once',
  (event) => {
    expect(services).toContain(event.source)
    expect(event.listeners.length).toBeGreaterThan(0)
    expect(event.listeners.filter((listener) => !services.includes(listener))).toEqual([])
    expect(event.listeners).not.toContain(event.source)
    expect(new Set(event.listeners).size).toBe(event.listeners.length)
  },
)

test('no two events share a subject', () => {
  expect(new Set(events.map(({ subject }) => subject)).size).toBe(events.length)
  for (const { subject, source, name } of events) expect(subject).toBe(`events.${source}.${name}`)
})

test.for(events)('event $source.$name carries ids and facts, and no text a person wrote', ({ payload }) => {
  const { properties = {} } = z.toJSONSchema(payload) as { properties?: Record<string, any> }
  const free = Object.entries(properties).filter(([name, field]) => {
    const value = field.type === 'array' ? field.items : field
    const isText = value.type === 'string' && !value.enum && !['uuid', 'date'].includes(value.format)
    return isText && !facts.includes(name)
  })
  expect(free).toEqual([])
})

/** Texts that are facts from a closed list and not about a person. */
const facts = ['country']

test('every name is one token of a NATS subject, so that nothing in it is a wildcard', () => {
  for (const { procedure } of procedures) expect(procedure).toMatch(/^[a-zA-Z]+$/)
  for (const { name } of events) expect(name).toMatch(words)
  expect(rpcSubject('chat', 'postMessage', 'billing')).toBe('rpc.chat.postMessage.billing')
  expect(liveSubject('t', 'c')).toBe('live.t.c')
  expect(eventConsumer('billing', 'chat')).toBe('billing-from-chat')
})

test('every reason of the table has a code that tRPC knows', () => {
  for (const { code } of Object.values(errorReasons)) expect(TRPC_ERROR_CODES_BY_KEY).toHaveProperty(code)
})
