import type { IncomingHttpHeaders } from 'node:http'
import type { PrivacySignals } from '@candor/contracts/privacy/consent-schemas'

/** `DNT: 1` (Tracking Preference Expression) and `Sec-GPC: 1` (Global Privacy Control); any other value says nothing. */
export function readSignals(headers: IncomingHttpHeaders): PrivacySignals {
  return { doNotTrack: headers.dnt === '1', globalPrivacyControl: headers['sec-gpc'] === '1' }
}

/** Of callers that are no browser. */
export const noSignals: PrivacySignals = { doNotTrack: false, globalPrivacyControl: false }
