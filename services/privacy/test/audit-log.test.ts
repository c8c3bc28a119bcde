import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { pseudonymOf } from '@candor/service/pseudonym'
import { settle } from '@candor/testing/settle'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkAuditFile } from '../src/audit/check-audit-file.ts'
import { refusal, startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'

let privacy: TestPrivacy
beforeAll(async () => {
  privacy = await startTestPrivacy()
})
afterAll(() => privacy[Symbol.asyncDispose]())

type Staff = Awaited<ReturnType<TestPrivacy['staff']>>

async function wholeLog(owner: Staff) {
  const signed = await owner.getAuditHead.query()
  const { entries } = await owner.listAuditEntries.query({ before: signed.head.size, limit: 200 })
  return { entries, signed }
}

test('a read by staff is in the log once it is answered, without a name, an address or an id of a person', async () => {
  const userId = randomUUID()
  const owner = await privacy.staff('shop', 'owner', userId)
  const { request } = await privacy.prove('access', 'ada@example.org')
  await owner.getRequest.query({ requestId: request.id })
  const { entries } = await owner.listAuditEntries.query({ object: request.id })
  expect(entries).toEqual([
    {
      position: expect.any(Number),
      at: privacy.clock.now().toISOString(),
      kind: 'read',
      role: 'owner',
      who: pseudonymOf(userId),
      what: 'privacy.getRequest',
      purpose: 'serve-rights',
      reason: null,
      object: request.id,
      detail: null,
      times: 1,
    },
  ])
  const byStaff = await owner.listAuditEntries.query({ staffId: userId, kind: 'read' })
  expect(byStaff.entries.map(({ what }) => what)).toContain('privacy.getRequest')
  expect(JSON.stringify((await wholeLog(owner)).entries)).not.toMatch(new RegExp(`ada@|${userId}`))
})

test('a refusal is in the log with its reason, and a flood of the same is one entry', async () => {
  const agent = await privacy.staff('shop', 'agent')
  for (let i = 0; i < 20; i++) expect(await refusal(agent.listRequests.query())).toBe('forbidden')
  const owner = await privacy.staff('shop', 'owner')
  await settle(async () => {
    const { entries } = await owner.listAuditEntries.query({ kind: 'refusal', what: 'privacy.listRequests' })
    expect(entries.reduce((sum, { times }) => sum + times, 0)).toBe(20)
    expect(entries.length).toBeLessThan(20)
    expect(entries[0]).toMatchObject({ role: 'agent', reason: 'forbidden', purpose: 'serve-rights' })
  })
})

test('a receipt stands in the log, and its person can show that it does', async () => {
  const { client, request } = await privacy.prove('erasure', 'bob@example.org')
  await privacy.completed(client, request.id)
  const proof = await client.getAuditProof.query({ requestId: request.id })
  expect(proof.entry).toMatchObject({ what: 'receipt-issued', object: request.id, kind: 'act' })
  expect(await checkAuditFile(JSON.stringify(proof), undefined)).toContain('Valid')
  expect(await refusal(client.getAuditProof.query({ position: 0 }))).toBe('not-found')
  const other = await privacy.prove('access', 'eve@example.org')
  expect(await refusal(other.client.getAuditProof.query({ requestId: request.id }))).toBe('not-found')
})

test('every entry is proven, and each later log continues every earlier one', async () => {
  const owner = await privacy.staff('shop', 'owner')
  const first = await owner.getAuditHead.query()
  for (let i = 0; i < 9; i++) await owner.listRequests.query()
  const later = await wholeLog(owner)
  expect(later.signed.head.size).toBeGreaterThan(first.head.size)
  for (const { position } of later.entries) {
    const proof = await owner.getAuditProof.query({ position })
    expect(await checkAuditFile(JSON.stringify(proof), undefined)).toContain(`entry ${position} `)
  }
  const consistency = await owner.getAuditConsistency.query({ size: first.head.size })
  expect(await checkAuditFile(JSON.stringify(consistency), undefined)).toContain('unchanged')
  expect(await refusal(owner.getAuditConsistency.query({ size: 999_999 }))).toBe('not-found')
})

test('the log of one business says nothing of another and cannot be read by it', async () => {
  const rival = await privacy.staff('rival', 'owner')
  await rival.listRequests.query()
  const mine = await wholeLog(await privacy.staff('shop', 'owner'))
  const theirs = await wholeLog(rival)
  expect(theirs.signed.head.tenantId).not.toBe(mine.signed.head.tenantId)
  const place = ({ entries }: typeof mine) => entries.map(({ object }) => object).filter((object) => object)
  expect(place(theirs).filter((object) => place(mine).includes(object))).toEqual([])
  expect(await refusal((await privacy.staff('rival', 'agent')).listAuditEntries.query({}))).toBe('forbidden')
})

test("the service's own role can neither change nor remove what stands in the log", async () => {
  const pool = new pg.Pool({ connectionString: privacy.database.appUrl })
  for (const table of ['audit_entries', 'audit_nodes', 'audit_heads']) {
    for (const statement of [
      `update ${table} set tenant_id = tenant_id`,
      `delete from ${table}`,
      `truncate ${table}`,
    ])
      await expect(pool.query(statement), statement).rejects.toThrow(/permission denied/)
  }
  await pool.end()
})

test('a log is held against a head that was kept of it; that of another business, or of a longer log, does not fit', async () => {
  const owner = await privacy.staff('shop', 'owner')
  const headOf = async (staff: typeof owner) => JSON.stringify(await staff.getAuditHead.query())
  await owner.listRequests.query()
  const earlier = JSON.stringify(await wholeLog(owner))
  const kept = await headOf(owner)
  await owner.listRequests.query()
  const log = JSON.stringify(await wholeLog(owner))
  expect(await checkAuditFile(kept, undefined)).toContain('the head of a log')
  expect(await checkAuditFile(log, undefined, kept)).toContain('unchanged')
  await expect(checkAuditFile(earlier, undefined, await headOf(owner))).rejects.toThrow(/shorter/)
  const rival = await privacy.staff('rival', 'owner')
  await rival.listRequests.query()
  await expect(checkAuditFile(log, undefined, await headOf(rival))).rejects.toThrow(/another business/)
})

test('whoever changes a row behind our back is found out by the verifier', async () => {
  const owner = await privacy.staff('shop', 'owner')
  const tenantId = privacy.business('shop').id
  await owner.listRequests.query()
  const before = await wholeLog(owner)
  const { position } = before.entries.at(-1)!
  expect(await checkAuditFile(JSON.stringify(before), undefined)).toContain('Valid')

  const where = 'where tenant_id = $1 and position = $2'
  await privacy.query(`update audit_entries set role = 'agent', what = 'nothing' ${where}`, [
    tenantId,
    position,
  ])
  const proof = await owner.getAuditProof.query({ position })
  await expect(checkAuditFile(JSON.stringify(proof), undefined)).rejects.toThrow(/not in the log/)
  await expect(checkAuditFile(JSON.stringify(await wholeLog(owner)), undefined)).rejects.toThrow(/not those/)

  const folder = await mkdtemp(join(tmpdir(), 'audit-'))
  const path = join(folder, 'proof.json')
  await writeFile(path, JSON.stringify(proof))
  const command = new URL('../src/verify-receipt.ts', import.meta.url).pathname
  const failed = await promisify(execFile)(process.execPath, [command, path]).catch((err: unknown) => err)
  expect(failed).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Not valid: the entry is not in the log'),
  })
  await rm(folder, { recursive: true })
})

test('who rewrites the tree as well cannot continue the log that was signed before', async () => {
  const owner = await privacy.staff('rival', 'owner')
  const tenantId = privacy.business('rival').id
  for (let i = 0; i < 3; i++) await owner.listRequests.query()
  const { head } = await owner.getAuditHead.query()
  await privacy.query('update audit_nodes set hash = sha256(hash) where tenant_id = $1 and level = 0', [
    tenantId,
  ])
  await owner.listRequests.query()
  const consistency = await owner.getAuditConsistency.query({ size: head.size })
  const checked = checkAuditFile(JSON.stringify(consistency), undefined)
  await expect(checked).rejects.toThrow(/does not begin/)
})

test('a call for another purpose than the declared one is refused, counted and in the log', async () => {
  const owner = await privacy.staff('shop', 'owner', randomUUID(), { 'data-purpose': 'send-news' })
  expect(await refusal(owner.listRequests.query())).toBe('other-purpose')
  expect(await privacy.metrics()).toMatch(
    /rpc_requests_total{procedure="listRequests",.*reason="other-purpose".*} 1/,
  )
  const stated = await privacy.staff('shop', 'owner', randomUUID(), { 'data-purpose': 'serve-rights' })
  await stated.listRequests.query()
  await settle(async () => {
    const reader = await privacy.staff('shop', 'owner')
    const { entries } = await reader.listAuditEntries.query({ kind: 'refusal' })
    expect(entries.map(({ reason }) => reason)).toContain('other-purpose')
  })
})
