import type { PrivacySignals } from '@candor/contracts/privacy/consent-schemas'

/** What the browser says of its user's wish not to be tracked. */
export function readSignals(): PrivacySignals {
  const browser = navigator as Navigator & { globalPrivacyControl?: boolean }
  return {
    doNotTrack: browser.doNotTrack === '1' || Reflect.get(window, 'doNotTrack') === '1',
    globalPrivacyControl: browser.globalPrivacyControl === true,
  }
}
