import { expect, test } from 'vitest'
import { freePorts } from '../src/processes/free-port.ts'

test('a port that was given is given to nobody else before it is used', async () => {
  const given: number[] = []
  for (let n = 0; n < 60; n++) given.push(...(await freePorts(15)))
  expect(new Set(given).size).toBe(given.length)
})
