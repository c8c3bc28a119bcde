import { dataMap, personal } from '@candor/personal-data/data-map'
import { endOf } from '@candor/policy/period'
import { startStack } from '../../stack.ts'
import { clientsOf } from '../../story/clients.ts'
import { holds, refusal, same } from '../../story/expect.ts'
import { until } from '../../story/until.ts'
import { choosePack } from '../choose-pack.ts'
import { closeBusiness } from '../close-business.ts'
import { platformOf } from '../platform.ts'
import { insideProbe, probe } from '../probe.ts'
import { publishEdited } from '../publish-edited.ts'
import { canary, closedChat, newPerson, openBusiness, proveRequest, visit } from '../world.ts'

/** A cloud service that keeps to the account's life. */
export const imocloud = [
  insideProbe('imocloud-02-no-sensitive-data', async (world) => {
    const { chat } = await visit(world)
    const secrets = ['DE89 3704 0044 0532 0130 00', '536-22-1234', '5555 5555 5555 4444', 'epilepsy']
    const text = `My account is ${secrets[0]}, my number ${secrets[1]}, my card ${secrets[2]}, I have ${secrets[3]}.`
    const { message, masked } = await chat.startConversation.mutate({ text })
    same('what the writer is told', masked.toSorted(), ['card-number', 'iban', 'keyword', 'national-id'])
    for (const secret of secrets) holds(`${secret} is masked`, !message!.text.includes(secret))
    same('where any of it lies', await world.search(secrets.slice(0, 3)), [])
    const plain = 'Order 1004417 of 2026-11-20, call +49 30 1234 5678'
    same(
      'what is not meant is left',
      (await chat.startConversation.mutate({ text: plain })).message!.text,
      plain,
    )
    return `stored as "${message!.text}", and nowhere else; the writer is told of ${masked.join(', ')}`
  }),

  probe('imocloud-07-legal-bases', async (world) => {
    const { slug } = world.business
    const { categories } = await clientsOf(world.url).privacy.getNotice.query({ business: slug })
    const bases = new Set(
      categories.map(({ legalBasis }) => /^.*?\(GDPR article 6\(1\)\([a-f]\)\)/.exec(legalBasis)?.[0]),
    )
    holds('every category has one of the grounds', !bases.has(undefined) && categories.length > 0)
    const owner = await world.business.owner()
    const { policy } = await owner.privacy.getPolicyDraft.query()
    const without = structuredClone<any>(policy)
    without.categories.conversation.basis = 'curiosity'
    const fields = await owner.privacy.savePolicyDraft.mutate({ pack: 'imocloud', policy: without }).then(
      () => [],
      (err) => err.data.fields.map(({ path }: { path: string }) => path),
    )
    same('where a notice without one is refused', fields, ['policy.categories.conversation.basis'])
    const column = personal('curiosity' as never, { of: 'visitor', onErasure: 'delete' })
    let said = ''
    try {
      dataMap('chat', {
        moods: { subjects: { visitor: { by: { visitorIds: 'mood' } } }, columns: { mood: column } },
      })
    } catch (err) {
      said = String(err)
    }
    holds(
      'a service that stores something without one does not start, and names the column',
      said.includes('moods: mood'),
    )
    return `${categories.length} categories on ${[...bases].join(', ')}; without one a notice is refused and a service does not start`
  }),

  probe('imocloud-13-dnt-ignored', async (world) => {
    const { privacy } = clientsOf(world.url)
    const ask = (signals: object) =>
      privacy.getConsentPrompt.query({ business: world.business.slug, signals })
    const [plain, signalled] = [await ask({}), await ask({ doNotTrack: true })]
    same('what a browser with the signal is asked', signalled, plain)
    same('what the notice makes of it', signalled.signals.doNotTrack, 'ignored')
    return 'the signal changes nothing, and the notice says that it is ignored'
  }),

  probe('imocloud-14-revised-date', async (world) => {
    const business = await openBusiness(world)
    await choosePack(world, business, 'imocloud')
    const before = world.now().toISOString()
    const version = await publishEdited(world, business, 'imocloud', ({ recipients }) => {
      const processor = recipients.find(({ role }) => role === 'processor')!
      return { recipients: [...recipients, { ...processor, id: 'printer', name: 'The printer' }] }
    })
    const after = world.now().toISOString()
    const notice = await clientsOf(world.url).privacy.getNotice.query({ business: business.slug })
    const { revisedAt, effectiveAt } = notice
    same('the version that is read', notice.version, String(version))
    holds(`it carries its own date, not ${revisedAt}`, before <= revisedAt && revisedAt <= after)
    holds(`it counts from then, not from ${effectiveAt}`, before <= effectiveAt && effectiveAt <= after)
    const { page, context } = await world.browse({ locale: 'en-GB' })
    await page.goto(`${world.url}/privacy/${business.slug}`)
    await page
      .getByText(`Version ${version}, last revised on`)
      .locator(`time[datetime="${revisedAt}"]`)
      .first()
      .waitFor()
    await context.close()
    const owner = await business.owner()
    const { email } = (await owner.identity.me.query()).user
    const announced = (await owner.privacy.listAnnouncements.query()).find((one) => one.version === version)
    same('how it is announced in the console', announced?.shownAs, ['banner'])
    await world.mailbox.letterTo(email, `version ${version} of its privacy notice`)
    return `revised ${revisedAt.slice(0, 10)}, on the page and in force from then; announced in a banner and by mail`
  }),

  probe('imocloud-06-consent-withdrawal', async (world) => {
    const { privacy } = await visit(world)
    const { asked, textVersion } = await privacy.getConsentPrompt.query({ business: world.business.slug })
    const [purpose] = asked
    holds('something is asked for', purpose)
    await privacy.recordConsent.mutate({ textVersion, given: [purpose], source: 'chat' })
    same('what is followed', (await privacy.getConsent.query()).given, [purpose])
    const { given, history } = await privacy.withdrawConsent.mutate({ source: 'chat' })
    same('what is followed after the withdrawal', given, [])
    same('the record of it', [history[0]?.action, history[0]?.source], ['withdrawn', 'chat'])
    return `${purpose} given and withdrawn, both recorded with time and source`
  }),

  insideProbe('imocloud-12-no-minors', async (world) => {
    const { slug, widgetKey } = world.business
    const anyone = clientsOf(world.url)
    const { minors } = (await (await world.business.owner()).privacy.getPolicyDraft.query()).policy
    holds('the notice sets a minimum age', minors)
    const { business } = await anyone.identity.startVisitorSession.mutate({ widgetKey })
    holds('who starts a chat is told it', business.ageNote?.includes(String(minors.minimumAge)))
    const [inForce] = await anyone.privacy.listNoticeVersions.query({ business: slug })
    const { version } = inForce!
    const notice = await anyone.privacy.getNoticeVersion.query({ business: slug, version })
    holds('so is who reads the notice', notice.policy.minors?.minimumAge === minors.minimumAge)

    const child = newPerson()
    const { conversationId } = await closedChat(world, child)
    const parent = `${canary('parent')}@example.net`
    const minor = { email: child.email, reporter: 'parent' } as const
    const reportedAt = world.now()
    const report = await proveRequest(world, 'minor-report', parent, { minor })
    await report.reached('awaiting-decision')
    const agent = await world.business.agent()
    const seen = agent.transcripts.getTranscript.query({ conversationId })
    same('what staff see of the chat', await refusal('the transcript', seen), 'not-found')
    const { dueAt } = await report.asSubject.privacy.getRequest.query({ requestId: report.requestId })
    // Counted from the proof, a moment after the report.
    const limit = endOf(new Date(reportedAt.getTime() + 60_000), minors.eraseWithin)
    holds('the limit is that of the notice', new Date(dueAt!) <= limit)
    const admin = await world.business.owner()
    await admin.privacy.decideRequest.mutate({
      requestId: report.requestId,
      outcome: 'approved',
      reason: 'The parents say so',
    })
    await report.reached('completed')
    const { jws } = await report.asSubject.privacy.getReceipt.query({ requestId: report.requestId })
    const verdict = await anyone.privacy.verifyReceipt.query({ jws })
    holds('its receipt is genuine', verdict.valid)
    same('where anything of the child is left', await world.search(child.words), [])
    return `told ${minors.minimumAge} before the chat; a report hid the chat at once, erased it in every store, receipt verified`
  }),

  insideProbe('imocloud-10-lifetime-retention', async (world) => {
    const { words, kept } = await closeBusiness(world)
    await until('the letters to leave', async () => (await world.search(words)).length === 0)
    const tables = kept.filter(({ until: end }) => end !== null).map(({ table }) => table)
    return `closed; no word of staff, visitors or chats in any store; kept by law: ${tables.join(', ')}`
  }),

  // On a platform of its own: others would meet services that are away.
  insideProbe('imocloud-11-anonymise-or-isolate', async ({ pack }) => {
    await using stack = await startStack()
    const platform = platformOf(stack)
    const world = { ...platform, pack, business: await openBusiness(platform) }
    const person = newPerson()
    await closedChat(world, person)
    const restored = ['chat', 'transcripts'] as const
    const backups: (() => Promise<void>)[] = []
    for (const service of restored) {
      await stack.stop(service)
      backups.push(await stack.databases[service].backUp())
      await stack.start(service)
    }
    const { reached } = await proveRequest(world, 'erasure', person.email)
    await reached('completed')
    for (const [index, service] of restored.entries()) {
      await stack.stop(service)
      await backups[index]!()
      holds('the copy has the person', (await world.search(person.words)).length > 0)
      await stack.start(service)
      same('the service', await stack.ready(service), 'ready')
      same('where anything of the person is', await world.search(person.words), [])
    }
    return `${restored.join(' and ')} restored from before an erasure: nothing of the person was left when they were ready`
  }),
]
