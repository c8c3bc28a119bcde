import { expect, test } from 'vitest'
import { countRepeated, describeRecord, findLines } from '../src/privacy/answer/describe-record.ts'

test('a record reads as named fields, with what only machines read at the end', () => {
  const record = {
    visitor_id: '01a200a0-8665-7ee4-8e06-4fb1cd5e7aa9',
    contact_email: 'mina@example.net',
    reply_email: 'mina@example.org',
    created_at: '2026-11-22T00:07:54.238Z',
    visitor_read: 13,
    is_open: false,
    payload: { plan: 'team' },
  }
  expect(describeRecord(record)).toEqual([
    { label: 'E-mail', kind: 'text', text: 'mina@example.net' },
    { label: 'Reply e-mail', kind: 'text', text: 'mina@example.org' },
    { label: 'Created', kind: 'time', text: '2026-11-22T00:07:54.238Z' },
    { label: 'Read by you, up to message', kind: 'text', text: '13' },
    { label: 'Is open', kind: 'text', text: 'no' },
    { label: 'Your id in the chat', kind: 'code', text: '01a200a0-8665-7ee4-8e06-4fb1cd5e7aa9' },
    { label: 'Payload', kind: 'code', text: '{"plan":"team"}' },
  ])
})

test('messages read as a conversation, in the order they were written', () => {
  const records = [
    { author_kind: 'staff', text: 'It does.', created_at: '2026-11-22T00:07:55.000Z' },
    { author_kind: 'staff', text: '', notice: 'taken', created_at: '2026-11-22T00:07:54.500Z' },
    { author_kind: 'visitor', text: 'Green?', created_at: '2026-11-22T00:07:54.000Z' },
  ]
  expect(findLines(records)?.map(({ author, text }) => `${author}: ${text}`)).toEqual([
    'You: Green?',
    'Staff: (took the conversation)',
    'Staff: It does.',
  ])
  expect(findLines([...records, { last_text: 'Green?' }])).toBeUndefined()
})

test('records that say the same are told once, with their number', () => {
  expect(countRepeated([{ id: 1 }, { id: 2 }, { id: 1 }])).toEqual([
    { record: { id: 1 }, times: 2 },
    { record: { id: 2 }, times: 1 },
  ])
})
