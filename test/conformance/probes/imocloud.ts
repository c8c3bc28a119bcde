import { clientsOf } from '../../story/clients.ts'
import { holds, same } from '../../story/expect.ts'
import { probe } from '../probe.ts'
import { visit } from '../world.ts'

/** A cloud service that keeps to the account's life. */
export const imocloud = [
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
    const [latest] = await clientsOf(world.url).privacy.listNoticeVersions.query({
      business: world.business.slug,
    })
    holds('it is dated and in force', latest?.revisedAt && latest.isInForce)
    return `revised ${latest.revisedAt.slice(0, 10)}, in force`
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
]
