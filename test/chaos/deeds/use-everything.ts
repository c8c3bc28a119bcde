import { randomUUID } from 'node:crypto'
import type { Role } from '@candor/contracts/callers'
import { inboundDomain } from '@candor/local/stack/programs'
import { proveRequest } from '../../conformance/world.ts'
import { everyPublicProcedure } from '../../derived/every-procedure.ts'
import { rawCall } from '../../derived/raw-call.ts'
import { sampleInput } from '../../derived/sample-input.ts'
import { furnishTenant } from '../../derived/tenants.ts'
import type { Tenant as Furnished } from '../../derived/tenants.ts'
import { clientsOf } from '../../story/clients.ts'
import type { DeedsPlace } from './deeds.ts'

/** Everybody of a business calls every procedure that is open to them, and then goes on with what that has begun. */
export async function useEverything(place: DeedsPlace, canary: string): Promise<void> {
  const { url } = place
  const tenant = await furnishTenant({ url }, canary)
  await askToGo(place, tenant)
  for (const { service, name, procedure } of everyPublicProcedure) {
    if (ending.has(name)) continue
    for (const who of ['owner', 'visitor', 'subject'] as const) {
      if (!procedure.access.includes(who)) continue
      const input = sampleInput(procedure, tenant.ids)
      await rawCall(url, service, name, procedure, input, tenant.tokens[who])
    }
  }
  const owner = clientsOf(url, tenant.tokens.owner)
  await talk(place, tenant)
  await readAlong(place, tenant)
  await runTheOffice(place, owner, tenant)
  const [userId, role] = [tenant.ids.userId, 'agent' satisfies Role] as const
  await owner.identity.changeRole.mutate({ userId, role: 'admin' })
  await owner.identity.changeRole.mutate({ userId, role })
  await owner.identity.deactivateStaff.mutate({ userId })
  await owner.identity.reactivateStaff.mutate({ userId })
  await owner.identity.removeStaff.mutate({ userId })
  await clientsOf(url, tenant.tokens.visitor).identity.signOut.mutate()
  await owner.privacy.openRequest.mutate({ business: tenant.business.slug, kind: 'erasure' })
}

/** The only owner does, and stays: the account ends with the business. Later their address may be another. */
async function askToGo(place: DeedsPlace, { canary, business }: Furnished): Promise<void> {
  const world = { ...place, pack: 'candor' as const, business: business as never }
  const { reached } = await proveRequest(world, 'deactivation', `owner.${canary}@example.org`.toLowerCase())
  await reached('completed')
}

/** What is done at once or twice, by mail, and by somebody whose name is not known yet. */
async function talk(place: DeedsPlace, { ids, tokens }: Furnished): Promise<void> {
  const [visitor, agent] = [clientsOf(place.url, tokens.visitor), clientsOf(place.url, tokens.agent)]
  const start = { text: 'Twice', clientMessageId: randomUUID() }
  await Promise.all(Array.from({ length: 5 }, () => visitor.chat.startConversation.mutate(start)))
  await place.query('chat', 'delete from staff where tenant_id = $1', [ids.tenantId])
  for (let times = 0; times < 2; times++)
    await agent.chat.takeConversation.mutate({ conversationId: ids.conversationId })
  const [to, from] = [`${ids.business}@${inboundDomain}`, 'someone@example.net']
  await place.write({ from, to, subject: 'A question', text: 'By mail' })
  const { conversations } = await agent.chat.listConversations.query({ channel: 'mail' })
  for (const { id: conversationId, status } of conversations) {
    // A letter that was recorded waits for no answer.
    if (status === 'closed') continue
    const message = { conversationId, clientMessageId: randomUUID(), text: 'By mail too' }
    await agent.chat.postMessage.mutate(message)
  }
}

/** The inbox, for longer than a quiet stream goes without a look at the database. */
async function readAlong({ url }: DeedsPlace, { tokens }: Furnished): Promise<void> {
  const headers = { authorization: `Bearer ${tokens.agent}` }
  const signal = AbortSignal.timeout(12_000)
  await fetch(`${url}/trpc/chat/live?input=${encodeURIComponent('{}')}`, { headers, signal })
    .then((response) => response.text())
    .catch(() => {})
}

async function runTheOffice(
  place: DeedsPlace,
  { chat, privacy, transcripts }: ReturnType<typeof clientsOf>,
  { canary, business, closedConversationId }: Furnished,
): Promise<void> {
  const email = `visitor.${canary}@example.org`.toLowerCase()
  await transcripts.mailTranscript.mutate({ conversationId: closedConversationId })
  const hold = { category: 'conversation', law: 'A law', owner: 'Olga Owner' } as const
  const { id: holdId } = await privacy.placeHold.mutate({ ...hold, until: null })
  await privacy.releaseHold.mutate({ holdId })
  const tomorrow = new Date(place.now().getTime() + 86_400_000).toISOString()
  await privacy.placeHold.mutate({ ...hold, until: tomorrow })
  const { signed } = await privacy.getAuditProof.query({ position: 0 })
  await privacy.getAuditConsistency.query({ size: signed.head.size })

  for (const { id: breachId } of await privacy.listBreaches.query({})) {
    await privacy.updateBreach.mutate({ breachId, people: 3 })
    await privacy.markBreach.mutate({ breachId, as: 'authority-notified' })
  }
  const anyone = clientsOf(place.url)
  const message = 'Where is my data?'
  await anyone.privacy.openCase.mutate({
    business: business.slug,
    topic: 'question',
    message,
    email,
  } as never)
  for (const { id: caseId } of await privacy.listCases.query({})) {
    await privacy.answerCase.mutate({ caseId, text: 'Here.' })
    await privacy.closeCase.mutate({ caseId })
  }
  const open = (kind: 'access' | 'correction', documentChecked: boolean) => {
    const correction = { field: 'name', from: `Visitor ${canary}`, to: 'Ada Lovelace' } as const
    return privacy.openRequestFor.mutate({
      ...(kind === 'correction' && { correction }),
      ...{ kind, email, documentChecked },
    })
  }
  const { id: unproven } = await open('access', false)
  await privacy.confirmIdentity.mutate({ requestId: unproven })
  const { id: undecided } = await open('correction', true)
  await privacy.extendRequest.mutate({ requestId: undecided, reason: 'It is much' })
  const world = { ...place, pack: 'candor' as const, business: business as never }
  const { requestId, asSubject, reached } = await proveRequest(world, 'restriction', email)
  await reached('completed')
  await asSubject.privacy.getConsent.query({})
  await asSubject.privacy.liftRestriction.mutate({ requestId })
  const today = place.now().toISOString().slice(0, 10)
  await chat.listVisitCounts.query({ from: today, to: today })
  const contacts = [{ name: `Contact ${canary}`, email: `contact.${canary}@example.org` }]
  const instructionId = randomUUID()
  await privacy.addContacts.mutate({ instructionId, contacts })
  await privacy.stopInstruction.mutate({ instructionId })
}

/** After these somebody could not go on. */
const ending = new Set([
  'signOut',
  'closeAccount',
  'closeConversation',
  'takeConversation',
  'deactivateStaff',
  'removeStaff',
  'changeRole',
  'eraseContacts',
])
