import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { freePorts } from '../src/processes/free-port.ts'

test('a port that was given is given to nobody else before it is used', async () => {
  const given: number[] = []
  for (let n = 0; n < 60; n++) given.push(...(await freePorts(15)))
  expect(new Set(given).size).toBe(given.length)
})

test('a preferred port is given where nobody listens on it, once', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port: taken } = server.address() as AddressInfo
  const [free] = (await freePorts(1)) as [number]
  const [instead, same, other] = await freePorts(3, [taken, free, free])
  expect(instead).not.toBe(taken)
  expect(same).toBe(free)
  expect(other).not.toBe(free)
  await new Promise((resolve) => server.close(resolve))
})

test('nobody listens on a port that was given, not even a child that was forked meanwhile', async () => {
  const forking = new Worker(
    `const { spawnSync } = require('node:child_process')
     for (;;) spawnSync('/bin/true')`,
    { eval: true },
  )
  for (let n = 0; n < 300; n++) {
    const [port] = await freePorts(1)
    const server = createServer()
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
    await new Promise((resolve) => server.close(resolve))
  }
  await forking.terminate()
})
