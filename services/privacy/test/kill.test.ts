import { once } from 'node:events'
import { randomUUID } from 'node:crypto'
import { createRandom, isWhole, seed, some } from '@candor/testing/long-form'
import { settle } from '@candor/testing/settle'
import { expect, test } from 'vitest'
import type { Procedure } from './memory-holder.ts'
import { startTestPrivacy } from './start-privacy.ts'
import { startProcess } from './start-process.ts'

const steps: Procedure[] = ['locateSubject', 'hideSubject', 'eraseSubject', 'searchResidue']

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
    for (const procedure of some(steps, 2)) {
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

/**
 * Any number of erasures while the process is killed at random moments. `KILL_ERASURES=500` is what was asked of it.
 */
const erasures = Number(process.env.KILL_ERASURES ?? (isWhole ? 20 : 1))

test(
  `of ${erasures} erasures under random kills none stays unfinished and none is done twice (CANDOR_SEED=${seed})`,
  async () => {
    await using privacy = await startTestPrivacy()
    const tenantId = privacy.business('shop').id
    const holders = Object.values(privacy.holders)
    privacy.holders.chat.refusing.add('locateSubject')
    for (let count = 0; count < erasures; count++) {
      const [email, visitorId] = [`person-${count}@example.org`, randomUUID()]
      for (const { rows } of holders) rows.push({ tenantId, email, visitorId, text: 'hello' })
      await privacy.prove('erasure', email)
    }
    await privacy.stop()
    privacy.holders.chat.refusing.clear()

    const random = createRandom(seed)
    let [offsetMs, kills] = [60_000, 0]
    let child = startProcess(privacy.config, offsetMs)
    try {
      const completed = async () => {
        const [row] = await privacy.query("select count(*)::int as n from requests where state = 'completed'")
        return row.n as number
      }
      while ((await completed()) < erasures) {
        const before = await completed()
        // The n-th call of any holder from here on is the last thing this process sees of its work.
        let callsLeft = 1 + Math.floor(random() * 40)
        const onCall = () => {
          if (--callsLeft === 0) child.kill('SIGKILL')
        }
        // Every third process goes on until something is completed, or chance could kill for ever.
        const lives = kills % 3 === 2
        for (const holder of holders) holder.onCall = lives ? () => {} : onCall
        await settle(async () => {
          const done = await completed()
          if (done === erasures || (lives && done > before)) return
          expect(child.signalCode).toBe('SIGKILL')
        }, 60_000)
        if (child.signalCode === null) child.kill('SIGKILL')
        kills++
        offsetMs += 60_000
        if ((await completed()) < erasures) child = startProcess(privacy.config, offsetMs)
      }
    } finally {
      child.kill('SIGKILL')
    }

    for (const { rows, effects } of holders) {
      expect(rows).toEqual([])
      expect(effects).toHaveLength(erasures)
    }
    expect(await privacy.query('select from receipts')).toHaveLength(erasures)
    for (const table of ['sealed_addresses', 'erasures', 'saga_queue', 'request_deadlines'])
      expect({ table, left: await privacy.query(`select from ${table}`) }).toEqual({ table, left: [] })
    expect(kills).toBeGreaterThan(0)
  },
  90_000 + erasures * 15_000,
)
