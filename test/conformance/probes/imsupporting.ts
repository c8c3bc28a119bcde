import { endOf } from '@candor/policy/period'
import { clientsOf } from '../../story/clients.ts'
import { holds, refusal, same } from '../../story/expect.ts'
import { until } from '../../story/until.ts'
import { choosePack } from '../choose-pack.ts'
import { buyPlan, cardPaidWith } from '../buy-plan.ts'
import { insideProbe, probe, slowProbe } from '../probe.ts'
import { sweptAway } from '../swept-away.ts'
import { canary, closedChat, newPerson, openBusiness, proveRequest, visit } from '../world.ts'

const day = 86_400_000

/** Stays for its own period, as another promise of the notice says. */
const evidenceLog = 'privacy.evidence_log'

/** Websites' chat with e-mailed transcripts, kept for a year. */
export const imsupporting = [
  probe('imsupporting-03-anonymous-chat', async (world) => {
    for (const who of [{}, { name: 'A Pseudonym' }, { email: `${canary('away')}@mailinator.example` }]) {
      const { chat } = await visit(world)
      const { conversation } = await chat.startConversation.mutate({ ...who, text: 'Hello' })
      same('its state', conversation.status, 'waiting')
    }
    return 'chats started with nothing given, with a pseudonym, with a disposable address'
  }),

  probe('imsupporting-04-host-site-notice', async (world) => {
    const host = await openBusiness(world)
    const anyone = clientsOf(world.url)
    const { widgetKey, name } = host
    const { business } = await anyone.identity.startVisitorSession.mutate({ widgetKey })
    const notice = await anyone.privacy.getNotice.query({ business: business.slug })
    same('whose notice the widget on the site leads to', notice.business.name, name)
    const about = notice.sections.find(({ id }) => id === 'about')!.paragraphs.map(({ text }) => text)
    holds(
      'it says who answers for it',
      about.some((text) => text.includes(name)),
    )
    const prompt = await anyone.privacy.getConsentPrompt.query({ widgetKey })
    same('whose rules the banner on the site follows', prompt.business.slug, business.slug)
    return `on the site of ${name} chat and banner lead to the notice of ${name}`
  }),

  probe('imsupporting-05-transcript-mail', async (world) => {
    const person = newPerson()
    const { asVisitor, conversationId } = await closedChat(world, person)
    const { messages } = await asVisitor.chat.listMessages.query({ conversationId })
    const letter = await world.mailbox.letterTo(person.email, person.text)
    holds('text and HTML hold what was written', letter.html.includes(person.text))
    same('letters', (await world.mailbox.lettersTo(person.email)).length, 1)
    return `one letter with all ${messages.length} entries, as text and as HTML`
  }),

  probe('imsupporting-06-no-mail-no-copy', async (world) => {
    const asVisitor = await visit(world)
    const text = canary('text')
    const { conversation } = await asVisitor.chat.startConversation.mutate({ name: 'Nobody', text })
    const { id: conversationId } = conversation
    const download = () => asVisitor.transcripts.downloadTranscript.query({ conversationId, format: 'text' })
    holds('the open chat can be downloaded', (await download()).content.includes(text))
    const asAgent = await world.business.agent()
    await asAgent.chat.closeConversation.mutate({ conversationId })
    await until('the transcript', () =>
      asAgent.transcripts.getTranscript.query({ conversationId }).catch(() => undefined),
    )
    const copy = await refusal('it', asAgent.transcripts.mailTranscript.mutate({ conversationId }))
    same('a copy later', copy, 'no-address')
    const stranger = (await visit(world)).transcripts.downloadTranscript.query({ conversationId })
    same('somebody who knows the name', await refusal('it', stranger), 'not-found')
    return 'downloadable while open; afterwards no copy, whoever asks'
  }),

  probe('imsupporting-10-identity-proof', async (world) => {
    const person = newPerson()
    await closedChat(world, person)
    const { privacy } = clientsOf(world.url)
    const ask = async (email: string) => {
      const startedAt = performance.now()
      const {
        id: _,
        openedAt: __,
        history,
        ...rest
      } = await privacy.openRequest.mutate({
        business: world.business.slug,
        kind: 'access',
        email,
      })
      return {
        tookMs: performance.now() - startedAt,
        answer: { ...rest, history: history.map(({ what }) => what) },
      }
    }
    const known: number[] = []
    const unknown: number[] = []
    for (let n = 0; n < 12; n++) {
      const [one, other] = [await ask(person.email), await ask(`${canary('nobody')}@example.net`)]
      same('the answer', one.answer, other.answer)
      known.push(one.tookMs)
      unknown.push(other.tookMs)
    }
    const { id: requestId } = await privacy.openRequest.mutate({
      business: world.business.slug,
      kind: 'access',
      email: person.email,
    })
    const guessed = privacy.proveIdentity.mutate({ requestId, proof: canary('guessedproof') })
    same('a proof that was not mailed', await refusal('it', guessed), 'bad-credentials')
    // The quicker quarter: what else the machine does makes calls slower, never quicker.
    const typical = [known, unknown].map((times) => times.toSorted((a, b) => a - b)[3]!)
    holds(`alike in time: ${typical.join(' and ')} ms`, Math.max(...typical) < 1.5 * Math.min(...typical) + 5)
    return `same answer; typically ${typical.map((ms) => ms.toFixed(0)).join(' and ')} ms for a known and an unknown address`
  }),

  probe('imsupporting-09-subject-access', async (world) => {
    const person = newPerson()
    await closedChat(world, person)
    const { requestId, asSubject } = await proveRequest(world, 'access', person.email)
    const answer = await asSubject.privacy.getAccessAnswer.query({ requestId })
    const holdings = answer.services.flatMap((service) => service.holdings)
    same('services that answer', answer.services.length, 5)
    holds(
      'each record is described, with why it is held and who may receive it',
      holdings.every(
        ({ title, purposes, legalBasis, recipients }) => title && purposes[0] && legalBasis && recipients[0],
      ),
    )
    for (const word of person.words) holds(`${word} is in the copy`, JSON.stringify(holdings).includes(word))
    const pdf = await asSubject.privacy.getAccessPdf.query({ requestId })
    holds('the same as a PDF', Buffer.from(pdf.content, 'base64').subarray(0, 5).toString() === '%PDF-')
    const { dueAt, proof, completedAt } = await asSubject.privacy.getRequest.query({ requestId })
    same('the limit counts from the proof', dueAt, endOf(new Date(proof!.at), { months: 1 }).toISOString())
    holds('answered within it', completedAt! < dueAt!)
    return `${holdings.length} kinds of records from ${answer.services.length} services, as data and as PDF, due by ${dueAt!.slice(0, 10)}`
  }),

  insideProbe('imsupporting-11-correction', async (world) => {
    const person = newPerson()
    const { conversationId } = await closedChat(world, person)
    const right = canary('Right')
    const { requestId, reached } = await proveRequest(world, 'correction', person.email, {
      correction: { field: 'name', from: person.name, to: right },
    })
    await reached('awaiting-decision')
    const owner = await world.business.owner()
    const recipient = `${canary('printer')}@example.net`
    await owner.privacy.decideRequest.mutate({
      requestId,
      outcome: 'approved',
      reason: 'You are right',
      recipients: [recipient],
    })
    await reached('completed')
    await until('the transcript to follow', async () => {
      const { contact } = await owner.transcripts.getTranscript.query({ conversationId })
      return contact.name === right
    })
    // A letter that tells of it may just be leaving.
    await until('the old name to be gone', async () => (await world.search([person.name])).length === 0)
    await world.mailbox.letterTo(person.email, 'correct')
    await until(
      'the recipient to be told',
      async () => (await world.mailbox.lettersTo(recipient)).length === 1,
    )
    return 'right in inbox and transcript, the old value nowhere; requester and recipient told'
  }),

  slowProbe('imsupporting-14-chat-12-months', async function* (world) {
    const person = newPerson()
    const { closedAt } = await closedChat(world, person)
    const limit = endOf(closedAt, { months: 12 })
    yield new Date(limit.getTime() - day)
    await world.swept()
    const before = await world.search(person.words)
    holds(`a day before it is there: ${before.join(', ')}`, before.includes('transcripts.transcripts'))
    yield new Date(limit.getTime() + 60_000)
    await sweptAway(world, person.words)
    return `a day before 12 months in ${before.join(', ')}; at 12 months in no database, stream or log`
  }),

  insideProbe('imsupporting-15-early-deletion', async (world) => {
    const [asked, told] = [newPerson(), newPerson()]
    await closedChat(world, asked)
    await closedChat(world, told)
    const { reached } = await proveRequest(world, 'erasure', asked.email)
    const owner = await world.business.owner()
    const byStaff = await owner.privacy.openRequestFor.mutate({
      kind: 'erasure',
      email: told.email,
      documentChecked: true,
    })
    await reached('completed')
    const { jws } = await until('the receipt', () =>
      owner.privacy.getReceipt.query({ requestId: byStaff.id }).catch(() => undefined),
    )
    const checked = await clientsOf(world.url).privacy.verifyReceipt.query({ jws })
    same('the receipt', checked.valid, true)
    const left = await world.search([...asked.words, ...told.words])
    same(
      'what is left of either, but for evidence of use',
      left.filter((place) => place !== evidenceLog),
      [],
    )
    return 'by the visitor and by the business: nothing of the chat left in any database, stream or log, and a receipt that verifies'
  }),

  slowProbe('imsupporting-17-anonymous-statistics', async function* (world) {
    const business = await openBusiness(world)
    await choosePack(world, business, 'imsupporting')
    const people = Array.from({ length: 5 }, newPerson)
    const ids: string[] = []
    const from = world.now().toISOString().slice(0, 10)
    let limit = world.now()
    for (const person of people) {
      const { conversationId, asVisitor, closedAt } = await closedChat({ ...world, business }, person)
      ids.push(conversationId)
      limit = endOf(closedAt, { months: 12 })
      await asVisitor.transcripts.rateConversation.mutate({ conversationId, rating: 'good' })
    }
    const read = async () => {
      const to = world.now().toISOString().slice(0, 10)
      return (await business.owner()).transcripts.getStatistics.query({ from, to })
    }
    const before = await read()
    for (const measure of ['hour', 'weekday', 'length', 'answer', 'rating'] as const)
      same(
        `chats counted by ${measure}`,
        before[measure].reduce((sum, { chats }) => sum + chats, 0),
        5,
      )
    const erased = await proveRequest({ ...world, business }, 'erasure', people[0]!.email)
    await erased.reached('completed')
    same('the figures after an erasure', await read(), before)
    yield new Date(limit.getTime() + 60_000)
    const words = people.flatMap((person) => person.words)
    await sweptAway(world, words)
    same('the figures after twelve months', await read(), before)
    const places = await world.search(ids)
    same(
      'statistics that hold the id of a chat',
      places.filter((place) => place.startsWith('transcripts.chat_')),
      [],
    )
    return 'counts, hours, lengths, answers and ratings of five chats: the same after an erasure and after 12 months, when nothing of the chats was left; no id in them'
  }),

  insideProbe('imsupporting-18-purchase-records', async (world) => {
    const business = await openBusiness(world, 'GB')
    await choosePack(world, business, 'imsupporting')
    await buyPlan(await business.owner(), 'GB')
    const owner = await business.owner()
    const { email } = (await owner.identity.me.query()).user
    const [issued] = await owner.billing.listInvoices.query()
    const { asSubject } = await proveRequest({ ...world, business }, 'access', email)
    const asked = { business: business.slug, kind: 'erasure' } as const
    const { id: requestId } = await asSubject.privacy.openRequest.mutate(asked)
    await until(
      'the erasure',
      async () => (await asSubject.privacy.getRequest.query({ requestId })).state === 'completed',
      60_000,
    )
    const { receipt } = await asSubject.privacy.getReceipt.query({ requestId })
    const kept = receipt.services.flatMap((service) => service.kept)
    const invoice = kept.find(
      ({ category, table }) => category === 'purchase-records' && table === 'invoices',
    )
    holds(
      'the receipt names the invoice and the British law',
      invoice && /United Kingdom/.test(invoice.reason),
    )
    const yearEnds = new Date(`${issued!.issuedAt.slice(0, 4)}-04-01T00:00:00.000Z`)
    if (yearEnds <= new Date(issued!.issuedAt)) yearEnds.setUTCFullYear(yearEnds.getUTCFullYear() + 1)
    const due = endOf(yearEnds, { years: 6 }).toISOString()
    same('six years after the end of the financial year', invoice.until, due)
    holds('the invoice is still there', (await owner.billing.listInvoices.query()).length === 1)
    return `${invoice.reason}; kept until ${due.slice(0, 10)}`
  }),

  insideProbe('imsupporting-19-no-card-data', async (world) => {
    const business = await openBusiness(world)
    await buyPlan(await business.owner())
    same('places that hold the card number', await world.search(cardPaidWith), [])
    return 'after a purchase the number is in no database, stream or log'
  }),

  probe('imsupporting-21-web-only-free-trial', async (world) => {
    const startedAt = performance.now()
    const business = await openBusiness(world)
    const { plan } = await (await business.owner()).billing.getSubscription.query()
    same('the plan', plan.id, 'trial')
    const { chat } = await visit({ ...world, business })
    await chat.startConversation.mutate({ text: 'Anybody there?' })
    const { conversations } = await (await business.agent()).chat.listConversations.query({})
    same('chats that staff see', conversations.length, 1)
    return `from sign-up, without a card, to a chat in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`
  }),
]
