import { expect, test } from 'vitest'
import { checkHistory } from './check-history.ts'
import type { EndState, Entry } from './history.ts'

const conversation = 'c'
const wrote = (text: string, seq: number): Entry[] => [
  { type: 'invoke', conversation, text },
  { type: 'ok', conversation, text, seq },
]
const saw = (seq: number, text: string | null = `a-${seq}`): Entry => ({
  type: 'saw',
  conversation,
  reader: 'r',
  seq,
  text,
})
const kept = (...texts: (string | null)[]) => texts.map((text, place) => ({ seq: place + 1, text }))
const end = (...texts: (string | null)[]): EndState => ({
  conversations: { c: kept(...texts) },
  copies: { archive: { c: kept(...texts) } },
  counted: { billing: texts.filter((text) => text !== null).length },
})
const kinds = (history: Entry[], state: EndState) =>
  checkHistory(history, state).map(({ kind, evidence }) => `${kind}: ${evidence}`)

const three = [...wrote('a-1', 1), ...wrote('a-2', 2), ...wrote('a-3', 3)]

test('a history in which all went well is green, with what nobody knows of, what was refused, and notices', () => {
  const history: Entry[] = [
    ...three,
    { type: 'invoke', conversation, text: 'b-1' },
    { type: 'info', conversation, text: 'b-1' },
    { type: 'invoke', conversation, text: 'b-2' },
    { type: 'fail', conversation, text: 'b-2' },
    ...[1, 2, 3].map((seq) => saw(seq)),
    saw(4, null),
  ]
  expect(kinds(history, end('a-1', 'a-2', 'a-3', null))).toEqual([])
  const happened = [...history, saw(5, 'b-1')]
  expect(kinds(happened, end('a-1', 'a-2', 'a-3', null, 'b-1'))).toEqual([])
})

test('a text that was sent twice, once unanswered, is one text', () => {
  const history: Entry[] = [
    { type: 'invoke', conversation, text: 'a-1' },
    { type: 'info', conversation, text: 'a-1' },
    ...wrote('a-1', 1),
  ]
  expect(kinds(history, end('a-1'))).toEqual([])
})

test('two that were on their way at once may stand in either order', () => {
  const history: Entry[] = [
    { type: 'invoke', conversation, text: 'a-1' },
    ...wrote('b-1', 1),
    { type: 'ok', conversation, text: 'a-1', seq: 2 },
  ]
  expect(kinds(history, end('b-1', 'a-1'))).toEqual([])
})

test('what was acknowledged and is gone is lost', () => {
  expect(kinds(three, end('a-1', 'a-2'))).toEqual(['lost: a-3 was acknowledged as 3'])
})

test('a conversation that is gone with all that was written in it is lost', () => {
  expect(kinds(wrote('a-1', 1), { conversations: {}, copies: {}, counted: {} })).toEqual([
    'lost: a-1 was acknowledged as 1',
  ])
})

test('what stands there twice is doubled', () => {
  expect(kinds(three, end('a-1', 'a-2', 'a-3', 'a-2'))).toContain('doubled: a-2 at 2 and 4')
})

test('what stands elsewhere than it was acknowledged, and behind what began after it, is moved and reordered', () => {
  expect(kinds(three, end('a-1', 'a-3', 'a-2'))).toEqual([
    'moved: a-2: acknowledged as 2, kept as 3',
    'moved: a-3: acknowledged as 3, kept as 2',
    'reordered: a-2 stands behind a-3, which began after it',
  ])
})

test('a number that is missing is a gap', () => {
  const state = { conversations: { c: [{ seq: 2, text: 'a-1' }] }, copies: {}, counted: {} }
  expect(kinds(wrote('a-1', 2), state)).toEqual(['gap: number 2 stands at place 1'])
})

test('what nobody wrote, or what was refused, is a phantom', () => {
  const refused: Entry[] = [
    { type: 'invoke', conversation, text: 'b-1' },
    { type: 'fail', conversation, text: 'b-1' },
  ]
  expect(kinds([...wrote('a-1', 1), ...refused], end('a-1', 'b-1', 'x'))).toEqual([
    'phantom: b-1 was refused and stands at 2',
    'phantom: nobody wrote x, at 3',
  ])
})

test('a reader that misses one, sees one again, or sees something else turns it red', () => {
  const state = end('a-1', 'a-2', 'a-3')
  expect(kinds([...three, saw(1), saw(3)], state)).toEqual(['stream-gap: r saw 3 after 1'])
  expect(kinds([...three, saw(1), saw(2), saw(2), saw(3)], state)).toEqual(['stream-repeat: r saw 2 after 2'])
  expect(kinds([...three, saw(1), saw(2, 'a-3'), saw(3)], state)).toEqual([
    'phantom: r saw a-3 as 2, which is a-2',
  ])
})

test('a reader that is told to begin anew may; one that never sees the end has missed it', () => {
  const state = end('a-1', 'a-2', 'a-3')
  const begins: Entry = { type: 'begins', conversation, reader: 'r' }
  expect(kinds([...three, saw(1), saw(2), begins, saw(1), saw(2), saw(3)], state)).toEqual([])
  expect(kinds([...three, saw(1), saw(2)], state)).toEqual(['unseen: r saw 2 of 3'])
  expect(kinds([...three, begins], state)).toEqual(['unseen: r saw 0 of 3'])
})

test('a copy that lacks one, has one twice or in another order is told', () => {
  const state = (...texts: string[]) => ({
    ...end('a-1', 'a-2', 'a-3'),
    copies: { events: { c: kept(...texts) } },
  })
  expect(kinds(three, state('a-1', 'a-2'))).toEqual([
    'copy: events has nothing where the conversation has 3 a-3, of 3',
  ])
  expect(kinds(three, state('a-1', 'a-2', 'a-3', 'a-3'))).toEqual([
    'copy: events has 4 a-3 where the conversation has nothing, of 3',
  ])
  expect(kinds(three, state('a-1', 'a-3', 'a-2'))).toEqual([
    'copy: events has 2 a-3 where the conversation has 2 a-2, of 3',
  ])
})

test('a count that is not the number of messages written is told', () => {
  expect(kinds(three, { ...end('a-1', 'a-2', 'a-3'), counted: { billing: 4 } })).toEqual([
    'copy: billing counted 4 of 3',
  ])
})
