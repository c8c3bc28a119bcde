import { pageSizes, readRecord } from '@candor/web/build/page-sizes.ts'
import { expect, test } from 'vitest'

const [sizes, record] = [await pageSizes(), await readRecord()]

test('every page and every part of the widget has its size on record', () => {
  expect(Object.keys(record)).toEqual(Object.keys(sizes))
})

test.for(Object.keys(sizes))('%s weighs, compressed, at most 2 kB more than is on record', (page) => {
  expect(sizes[page]).toBeLessThan(record[page]! + 2_000)
})
