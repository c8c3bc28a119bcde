import { once } from 'node:events'
import { randomUUID } from 'node:crypto'
import { settle } from '@candor/testing/settle'
import { expect, test } from 'vitest'
import type { Procedure } from './memory-holder.ts'
import { startTestPrivacy } from './start-privacy.ts'
import { startProcess } from './start-process.ts'

const kills: Procedure[] = ['locateSubject', 'hideSubject', 'eraseSubject', 'searchResidue']

test('a process killed at every step in turn leaves an erasure that the next one finishes, each effect once', async () => {
  await using privacy = await startTestPrivacy()
  const tenantId = privacy.business('shop').id
  const email = 'ada@example.org'
  for (const holder of Object.values(privacy.holders)) {
    holder.rows.push({ tenantId, email, visitorId: randomUUID(), text: 'hello' })
  }
  privacy.holders.chat.refusing.add('locateSubject')
  const { request } = await privacy.prove('erasure', email)
  await privacy.stop()
  privacy.holders.chat.refusing.clear()

  // Each process lives a little later than the one before, past the lease of the one that was killed.
  let offsetMs = 60_000
  let child = startProcess(privacy.config, offsetMs)
  try {
    for (const procedure of kills) {
      let reached = false
      privacy.holders.transcripts.onCall = async (called) => {
        if (called !== procedure || reached) return
        reached = true
        child.kill('SIGKILL')
        await once(child, 'exit')
      }
      await settle(() => expect(reached).toBe(true), 20_000)
      offsetMs += 60_000
      child = startProcess(privacy.config, offsetMs)
    }
    await settle(async () => {
      const [row] = await privacy.query('select state from requests where id = $1', [request.id])
      expect(row.state).toBe('completed')
    }, 20_000)
  } finally {
    child.kill('SIGKILL')
  }

  for (const holder of Object.values(privacy.holders)) {
    expect(holder.rows).toEqual([])
    expect(holder.effects).toEqual(['erased'])
  }
  expect(await privacy.query('select from receipts')).toHaveLength(1)
  for (const table of ['sealed_addresses', 'erasures', 'saga_queue', 'request_deadlines']) {
    expect({ table, left: await privacy.query(`select from ${table}`) }).toEqual({ table, left: [] })
  }
}, 90_000)
