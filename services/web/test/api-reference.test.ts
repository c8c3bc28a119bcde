import { expect, test } from 'vitest'
import { layOutType } from '../src/api-reference/lay-out-type.ts'
import type { ApiReference } from '../src/api-reference/reference.ts'
import { countFound, searchReference } from '../src/api-reference/search.ts'

test('a search leaves what has every word of it, in whatever field', () => {
  expect(countFound(searchReference(reference, ' '))).toBe(4)
  expect(searchReference(reference, 'CHAT markers').services[0]?.procedures).toHaveLength(1)
  expect(countFound(searchReference(reference, 'markers nowhere'))).toBe(0)
  expect(searchReference(reference, 'unavailable').errors).toHaveLength(1)
})

test('a long type stands a field a line, and what fits in one stays in one', () => {
  expect(layOutType('{ id: uuid }')).toBe('{ id: uuid }')
  expect(layOutType('{ items: ({ id: uuid, at: time })[], next: string | null } | { none: true }', 40)).toBe(
    `{
  items: ({ id: uuid, at: time })[]
  next: string | null
} | { none: true }`,
  )
  expect(layOutType('{ items: { id: uuid, at: time }[] }', 20)).toBe(
    `{
  items: {
    id: uuid
    at: time
  }[]
}`,
  )
})

const procedure = {
  name: 'markRead',
  kind: 'mutation',
  summary: 'Moves a marker.',
  callers: ['visitor'],
  purpose: 'Answering',
  input: '{ seq: number }',
  output: '{ markers: unknown }',
  errors: ['not-found'],
  isInternal: false,
} as const

const reference: ApiReference = {
  services: [{ name: 'chat', procedures: [procedure] }],
  shared: [],
  events: [
    { subject: 'events.chat.closed', listeners: ['billing'], summary: 'Ended.' },
    { subject: 'events.chat.started', listeners: ['billing'], summary: 'Began.' },
  ],
  errors: [{ reason: 'unavailable', code: 'SERVICE_UNAVAILABLE', retryable: true }],
}
