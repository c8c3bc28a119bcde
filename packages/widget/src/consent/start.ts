import type { ConsentPurpose } from '@candor/contracts/policy/categories'
import { createBanner } from './banner.ts'
import type { Banner } from './banner.ts'
import { createChoices } from './choices.ts'
import { countVisit } from './count-visit.ts'
import { createDevice } from './device.ts'
import { hostOf } from './host-of.ts'
import type { WidgetParts } from './host-of.ts'
import { setPageParts } from './page-parts.ts'
import { readSignals } from './signals.ts'

/**
 * Follows what was chosen on this device, and asks where nothing was. Before a choice nothing is stored and nothing sent
 * but the question what is to be asked; a refusal sends nothing either.
 */
export async function start(parts: WidgetParts): Promise<void> {
  const host = hostOf(parts)
  const choices = createChoices()
  const visitor = host.connect(choices.tokens, sessionEnded)
  const signals = readSignals()
  const { privacy } = visitor.candor()
  const prompt = await privacy.getConsentPrompt.query({ widgetKey: host.widgetKey, signals })
  const device = createDevice(prompt.cookies)
  const askable = prompt.asked.filter(
    (purpose) => purpose !== 'marketing-mail' && !prompt.refusedBySignal.includes(purpose),
  )
  let banner: Banner | undefined
  if (prompt.prompt === 'banner' && askable.length > 0)
    banner = createBanner({ host, prompt, askable, given, isDecided: () => stored() !== null, decide })
  host.onNamed((name) => {
    if (given().includes('remember-me')) device.writeName(name)
  })

  const unheard = stored()?.given.filter((purpose) => !askable.includes(purpose)) ?? []
  if (unheard.length > 0) void decide(given()).catch(() => {})
  else follow()
  if (stored() === null) banner?.show()

  /** A choice by another text, or from too long ago, is none. */
  function stored() {
    const choice = choices.get()
    return choice?.textVersion === prompt.textVersion ? choice : null
  }

  function given(): ConsentPurpose[] {
    return stored()?.given.filter((purpose) => askable.includes(purpose)) ?? []
  }

  /** Nothing given before and nothing given now is nobody's business but this device's. */
  async function decide(purposes: readonly ConsentPurpose[]): Promise<void> {
    const { textVersion } = prompt
    const chosen = askable.filter((purpose) => purposes.includes(purpose))
    const refused = [...new Set([...askable, ...(stored()?.given ?? [])])].filter(
      (one) => !chosen.includes(one),
    )
    if (chosen.length === 0) setAside(refused)
    if (chosen.length > 0 || visitor.isStarted()) {
      await visitor.start()
      await privacy.recordConsent.mutate({ textVersion, given: chosen, refused, source: 'banner', signals })
    }
    choices.save({ textVersion, given: chosen, until: device.choiceUntil().toISOString() })
    follow()
  }

  /** A refusal holds on this device at once, also while nobody can be told. */
  function setAside(refused: readonly ConsentPurpose[]): void {
    device.keepOnly(prompt.asked.filter((purpose) => !refused.includes(purpose)))
    setPageParts([])
    host.setKnownName(null)
  }

  function follow(): void {
    device.keepOnly(given())
    setPageParts(given())
    host.setKnownName(given().includes('remember-me') ? device.readName() : null)
    const options = { visitor, device, prompt, given: given(), signals, widgetKey: host.widgetKey }
    // A visit that cannot be counted is not worth a word.
    countVisit(options).catch(() => {})
  }

  /** Whose consent it was can no longer be shown, so it is asked again. */
  function sessionEnded(): void {
    choices.save(null)
    device.keepOnly([])
    setPageParts([])
    host.setKnownName(null)
    banner?.show()
  }
}
