import type { Author, Message } from '@candor/contracts/chat/schemas'
import { expect, test } from 'vitest'
import { rowsOf } from '../src/console/inbox/message-rows.ts'
import type { Row } from '../src/console/inbox/message-rows.ts'

const mina: Author = { kind: 'visitor', name: 'Mina' }
const anton: Author = { kind: 'staff', userId: 'anton', name: 'Anton' }

test('what one author writes within minutes runs on: the first says who, the last when', () => {
  const rows = rowsOf(
    [said(1, mina, 0), said(2, mina, 2), said(3, anton, 3), said(4, mina, 4)],
    [],
    anton,
    false,
  )
  expect(rows.map(told)).toEqual(['1 day first', '2 last', '3 first last', '4 first last'])
})

test('after five minutes the same author begins anew', () => {
  const rows = rowsOf([said(1, mina, 0), said(2, mina, 6)], [], anton, false)
  expect(rows.map(told)).toEqual(['1 day first last', '2 first last'])
})

test('a day begins with its name, and no run crosses it', () => {
  const midnight = new Date(2026, 10, 22).getTime()
  const before = { ...said(1, mina, 0), createdAt: new Date(midnight - 1_000).toISOString() }
  const after = { ...said(2, mina, 0), createdAt: new Date(midnight).toISOString() }
  expect(rowsOf([before, after], [], anton, false).map(told)).toEqual([
    '1 day first last',
    '2 day first last',
  ])
})

test('a notice stands between what was written before and after it', () => {
  const taken = { ...said(2, anton, 1), notice: 'taken' as const }
  const rows = rowsOf([said(1, mina, 0), taken, said(3, mina, 2)], [], anton, false)
  expect(rows.map(told)).toEqual(['1 day first last', 'notice', '3 first last'])
})

test('what is on its way ends the list, under the key it will keep', () => {
  const pending = {
    clientMessageId: 'm-9',
    text: 'soon',
    createdAt: said(9, anton, 1).createdAt,
    state: 'sending' as const,
  }
  const rows = rowsOf([said(1, mina, 0)], [pending], anton, false)
  expect(rows.at(-1)).toMatchObject({ key: 'm-9', isFirst: true, isLast: true, entry: { author: anton } })
})

test('a message that runs on from older ones stands the same before and after they are read', () => {
  const all = [said(1, mina, 0), said(2, mina, 1), said(3, mina, 2), said(4, anton, 3)]
  expect(rowsOf(all.slice(2), [], anton, true)).toEqual(rowsOf(all, [], anton, false).slice(2))
})

function told(row: Row): string {
  if (row.kind === 'notice') return row.kind
  return [row.entry.seq, row.startsDay && 'day', row.isFirst && 'first', row.isLast && 'last']
    .filter(Boolean)
    .join(' ')
}

function said(seq: number, author: Author, minute: number): Message {
  return {
    id: `id-${seq}`,
    conversationId: 'c',
    seq,
    author,
    text: `message ${seq}`,
    notice: null,
    clientMessageId: `m-${seq}`,
    createdAt: new Date(2026, 10, 21, 10, minute).toISOString(),
  }
}
