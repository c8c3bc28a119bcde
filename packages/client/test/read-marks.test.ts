import { expect, test, vi } from 'vitest'
import { createReadMarks } from '../src/read-marks.ts'

const quick = { gatherMs: 5, againMs: 10 }

test('several steps are reported as one, and a step that is behind not at all', async () => {
  const { told, marks } = start()
  marks.reached(1, 'delivered')
  marks.reached(2, 'delivered')
  marks.reached(3, 'read')
  await vi.waitFor(() => expect(told).toEqual(['read 3']))
  marks.reached(3, 'delivered')
  marks.reached(2, 'read')
  marks.reached(4, 'read')
  await vi.waitFor(() => expect(told).toEqual(['read 3', 'read 4']))
})

test('what arrives in a closed chat just after one was read is delivered and not read', async () => {
  const { told, marks } = start()
  marks.reached(1, 'read')
  marks.reached(2, 'delivered')
  await vi.waitFor(() => expect(told).toEqual(['read 1', 'delivered 2']))
})

test('a mark that no service took is reported again, until the chat is left or over', async () => {
  let failures = 2
  const { told, marks } = start(() => {
    if (failures-- > 0) throw new Error('no network')
  })
  marks.reached(1, 'delivered')
  await vi.waitFor(() => expect(told).toEqual(['delivered 1', 'delivered 1', 'delivered 1']))
  failures = Infinity
  marks.reached(2, 'delivered')
  await vi.waitFor(() => expect(told.length).toBeGreaterThan(4))
  marks.stop()
  const { length } = told
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(told.length).toBeLessThanOrEqual(length + 1)
})

test('the last mark of a chat that is over is still reported', async () => {
  const { told, marks } = start()
  marks.reached(7, 'read')
  marks.stop()
  await vi.waitFor(() => expect(told).toEqual(['read 7']))
})

function start(take: () => void = () => {}) {
  const told: string[] = []
  const report = async ({ seq, state }: { seq: number; state: string }) => {
    told.push(`${state} ${seq}`)
    take()
  }
  return { told, marks: createReadMarks(report, quick) }
}
