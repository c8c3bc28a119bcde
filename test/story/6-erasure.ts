import type { Staffed } from './1-sign-up.ts'
import type { Started } from './2-first-click.ts'
import { clientsOf } from './clients.ts'
import { holds, refusal, same } from './expect.ts'
import { fromLink } from './mailbox.ts'
import { until } from './until.ts'
import type { World } from './world.ts'

/** The visitor proves the address, sees and downloads what is held, and has it erased everywhere, with a receipt. */
export async function erasure(world: World, { asAgent, asOwner, business }: Staffed, started: Started) {
  const anyone = clientsOf(world.url)
  const notice = await anyone.privacy.getNotice.query({ business: business.slug })
  holds(
    'the notice names what conversations are kept for',
    notice.categories.some(({ category }) => category === 'conversation'),
  )

  const ask = { business: business.slug, kind: 'access' as const, email: world.visitor.email }
  const opened = await anyone.privacy.openRequest.mutate(ask)
  const stranger = await anyone.privacy.openRequest.mutate({
    ...ask,
    email: `nobody-${world.tag}@example.net`,
  })
  same(
    'the answer for an unknown address',
    { ...stranger, id: '', openedAt: '', history: [] },
    { ...opened, id: '', openedAt: '', history: [] },
  )
  const proof = fromLink(await world.mailbox.letterTo(world.visitor.email, 'proof='), 'proof')
  const proven = await anyone.privacy.proveIdentity.mutate({ requestId: opened.id, proof })
  holds(
    'a proof works once',
    await refusal('it', anyone.privacy.proveIdentity.mutate({ requestId: opened.id, proof })),
  )

  const asSubject = clientsOf(world.url, proven.accessToken)
  const answer = await asSubject.privacy.getAccessAnswer.query({ requestId: opened.id })
  const holdings = answer.services.flatMap((service) => service.holdings)
  holds(
    'it holds the name, the messages and the transcript',
    ['Mina Okafor', 'Does the Swift come in green?', 'transcript'].every((word) =>
      JSON.stringify(answer).includes(word),
    ),
  )
  holds("it holds nothing of another visitor's", !JSON.stringify(answer).includes('Just looking'))
  for (const { purposes, legalBasis, recipients, retention, source, category } of holdings) {
    holds(
      `${category} says purpose, basis, recipients, retention and source`,
      purposes.length && legalBasis && recipients.length && retention && source,
    )
  }

  const erasing = await asSubject.privacy.openRequest.mutate({ business: business.slug, kind: 'erasure' })
  const startedAt = performance.now()
  await until(
    'the erasure to complete',
    async () => {
      const { state } = await asSubject.privacy.getRequest.query({ requestId: erasing.id })
      return state === 'completed'
    },
    60_000,
  )
  const tookMs = performance.now() - startedAt
  const { receipt, jws, publicKey } = await asSubject.privacy.getReceipt.query({ requestId: erasing.id })
  same('the services on the receipt', receipt.services.map(({ service }) => service).toSorted(), [
    'billing',
    'chat',
    'identity',
    'privacy',
    'transcripts',
  ])
  holds(
    'the receipt says what stays and why',
    receipt.services.flatMap(({ kept }) => kept).every(({ reason }) => reason),
  )
  same('the receipt at its issuer', (await anyone.privacy.verifyReceipt.query({ jws })).valid, true)
  const forged = `${jws.slice(0, -6)}${jws.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA'}`
  same('a changed receipt', (await anyone.privacy.verifyReceipt.query({ jws: forged })).valid, false)

  await isGone(world, { asAgent, asOwner, business }, started)
  return { receipt: { receipt, jws, publicKey }, erasureMs: tookMs, requestId: erasing.id }
}

/** Nothing of the visitor is found by anyone, and their old session brings nothing back. */
export async function isGone(world: World, { asAgent }: Staffed, { asVisitor, conversationId }: Started) {
  const { conversations } = await asAgent.chat.listConversations.query({})
  same(
    'conversations that are left',
    conversations.map(({ contact }) => contact.email),
    [null],
  )
  same(
    'its transcript',
    await refusal('it', asAgent.transcripts.getTranscript.query({ conversationId })),
    'not-found',
  )
  for (const query of ['moss green', 'Mina', world.visitor.email]) {
    same(`search for "${query}"`, (await asAgent.transcripts.searchTranscripts.query({ query })).hits, [])
  }
  same(
    'the visitor who writes on',
    await refusal('it', asVisitor.chat.startConversation.mutate({ text: 'Hello again' })),
    'not-signed-in',
  )
}
