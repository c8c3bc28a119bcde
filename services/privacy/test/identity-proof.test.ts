import { randomUUID } from 'node:crypto'
import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'

let privacy: TestPrivacy
beforeAll(async () => {
  privacy = await startTestPrivacy()
})
afterAll(() => privacy[Symbol.asyncDispose]())

test('a visitor asks from the widget session without an address and gets what that session left', async () => {
  const tenantId = privacy.business('shop').id
  const visitorId = randomUUID()
  privacy.holders.chat.rows.push({ tenantId, email: '', visitorId, text: 'from the widget' })
  const { client: widget } = await privacy.visitor('shop', { id: visitorId })
  const opened = await widget.openRequest.mutate({ business: 'shop', kind: 'access' })
  expect(opened).toMatchObject({ state: 'in-progress', source: 'widget', proof: { how: 'signed-in' } })
  const client = privacy.as(opened.token!.accessToken)
  const answer = JSON.stringify(await client.getAccessAnswer.query({ requestId: opened.id }))
  expect(answer).toContain('from the widget')
  expect(privacy.mailbox.letters).toEqual([])

  const again = await widget.openRequest.mutate({ business: 'shop', kind: 'erasure' })
  await privacy.completed(client, again.id)
  expect(privacy.holders.chat.rows).toEqual([])
})

test('a session proves nothing at another business, nor where the notice takes none for proof', async () => {
  const { client: widget } = await privacy.visitor('shop')
  expect(await refusal(widget.openRequest.mutate({ business: 'rival', kind: 'access' }))).toBe('bad-input')
  const byMail = await widget.openRequest.mutate({
    business: 'rival',
    kind: 'access',
    email: 'widget@example.org',
  })
  expect(byMail).toMatchObject({ state: 'awaiting-proof', token: null })
  privacy.rules.identityProof = ['mailed-link']
  expect(await refusal(widget.openRequest.mutate({ business: 'shop', kind: 'access' }))).toBe('bad-input')
  privacy.rules.identityProof = ['mailed-link', 'signed-in', 'document-check']
})

test('a member of staff asks from their own account; its deletion removes it', async () => {
  const userId = randomUUID()
  const agent = await privacy.staff('shop', 'agent', userId)
  const opened = await agent.openRequest.mutate({ business: 'shop', kind: 'deactivation' })
  const client = privacy.as(opened.token!.accessToken)
  await privacy.completed(client, opened.id)
  expect(privacy.endedAccounts.at(-1)).toMatchObject({ userIds: [userId], remove: false })
  const erasure = await agent.openRequest.mutate({ business: 'shop', kind: 'erasure' })
  await privacy.completed(client, erasure.id)
  expect(privacy.endedAccounts.at(-1)).toMatchObject({ userIds: [userId], remove: true })
})

test('an account on hold is not removed before the hold ends', async () => {
  const userId = randomUUID()
  const agent = await privacy.staff('shop', 'agent', userId)
  const admin = await privacy.staff('shop', 'admin')
  const taxes = { category: 'staff-account', law: 'Section 147 AO', owner: 'Ada', until: null } as const
  const hold = await admin.placeHold.mutate(taxes)
  await settle(async () =>
    expect(JSON.stringify(await privacy.query('select rules from tenant_rules'))).toContain(hold.id),
  )
  const removed = () =>
    privacy.endedAccounts.filter((ended) => ended.userIds.includes(userId) && ended.remove)
  const before = privacy.holders.identity.calls.filter((call) => call === 'eraseSubject').length
  const opened = await agent.openRequest.mutate({ business: 'shop', kind: 'erasure' })
  const client = privacy.as(opened.token!.accessToken)
  await settle(async () => {
    expect(privacy.holders.identity.calls.filter((call) => call === 'eraseSubject').length).toBeGreaterThan(
      before,
    )
    const [waiting] = await privacy.query('select attempts, lease from saga_queue where request_id = $1', [
      opened.id,
    ])
    expect(waiting).toEqual({ attempts: expect.any(Number), lease: null })
  })
  expect(removed()).toEqual([])
  await admin.releaseHold.mutate({ holdId: hold.id })
  await privacy.completed(client, opened.id)
  expect(removed()).toHaveLength(1)
})

test('of a document that staff checked only that, who and when is kept', async () => {
  const userId = randomUUID()
  const admin = await privacy.staff('shop', 'admin', userId)
  const opened = await privacy
    .as()
    .openRequest.mutate({ business: 'shop', kind: 'restriction', email: 'doc@example.org' })
  const confirmed = await admin.confirmIdentity.mutate({ requestId: opened.id })
  expect(confirmed).toMatchObject({ proof: { how: 'document-check' } })
  expect(confirmed.history).toContainEqual({
    at: expect.any(String),
    what: 'Staff checked a document',
    note: null,
    by: userId,
  })
  expect(await refusal(admin.confirmIdentity.mutate({ requestId: opened.id }))).toBe('conflict')
  const rival = await privacy.staff('rival', 'admin')
  expect(await refusal(rival.confirmIdentity.mutate({ requestId: opened.id }))).toBe('not-found')
  const { proof } = await privacy.mailbox.readProof(opened.id)
  expect(await refusal(privacy.as().proveIdentity.mutate({ requestId: opened.id, proof }))).toBe('expired')
  const own = await (await privacy.subject(opened.id)).getRequest.query({ requestId: opened.id })
  expect(own.history.map(({ by }) => by)).not.toContain(userId)
})

test('staff open a request that came by mail: with a link to its address, or with a document they checked', async () => {
  const admin = await privacy.staff('shop', 'admin')
  const asked = { kind: 'access', email: 'letter@example.org', source: 'mail' } as const
  const linked = await admin.openRequestFor.mutate(asked)
  expect(linked).toMatchObject({ state: 'awaiting-proof', source: 'mail' })
  const { proof, to } = await privacy.mailbox.readProof(linked.id)
  expect(to).toBe('letter@example.org')
  await privacy.as().proveIdentity.mutate({ requestId: linked.id, proof })
  const checked = await admin.openRequestFor.mutate({ ...asked, documentChecked: true })
  expect(checked).toMatchObject({ state: 'in-progress', proof: { how: 'document-check' } })
  privacy.rules.identityProof = ['mailed-link']
  expect(await refusal(admin.openRequestFor.mutate({ ...asked, documentChecked: true }))).toBe('bad-input')
  privacy.rules.identityProof = ['mailed-link', 'signed-in', 'document-check']
})
