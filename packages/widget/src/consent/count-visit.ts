import type { ConsentPrompt, PrivacySignals } from '@candor/contracts/privacy/consent-schemas'
import type { ConsentPurpose } from '@candor/contracts/policy/categories'
import type { Visitor } from '../visitor.ts'
import type { Device } from './device.ts'

/** Has this page view counted, where it may be; where it may not, nothing is sent. */
export async function countVisit(options: {
  visitor: Visitor
  device: Device
  prompt: ConsentPrompt
  given: readonly ConsentPurpose[]
  signals: PrivacySignals
  widgetKey: string
}): Promise<void> {
  const { visitor, device, prompt, given, signals, widgetKey } = options
  const isAsked = prompt.asked.includes('statistics')
  const isCounted =
    !prompt.refusedBySignal.includes('statistics') && (given.includes('statistics') || !isAsked)
  const campaign = given.includes('advertising') ? campaignHere() : undefined
  if (!isCounted && campaign === undefined) return
  const visit = {
    widgetKey,
    page: location.pathname.slice(0, 200),
    isFirstOfVisit: !document.referrer.startsWith(location.origin),
    isReturning: device.readCookie('statistics') !== null,
    campaign,
    signals,
  }
  if (given.includes('statistics')) device.writeCookie('statistics', '1')
  if (campaign !== undefined) device.writeCookie('advertising', campaign)
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    const done = await visitor.candor().chat.countVisit.mutate(visit)
    if (done.counted || done.campaignKept) return
    // Consent given this moment takes another to be known wherever it counts.
    await new Promise((resolve) => setTimeout(resolve, 300 * attempt))
  }
}

const attemptsMax = 4

/** Which advertisement led here, if the address says so. */
function campaignHere(): string | undefined {
  const parameters = new URLSearchParams(location.search)
  const campaign = parameters.get('utm_campaign') ?? parameters.get('utm_source') ?? ''
  return (
    campaign
      .replace(/\p{Cc}/gu, '')
      .trim()
      .slice(0, 80) || undefined
  )
}
