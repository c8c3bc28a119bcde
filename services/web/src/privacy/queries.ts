import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { privacy } from './api.ts'

/** Of the version in force, or of another one. What stands there stays while another authority is looked up. */
export function noticeQuery(business: string, reading: { version?: number; country?: string | undefined }) {
  return queryOptions({
    queryKey: ['notice', business, reading],
    queryFn: () => privacy.getNotice.query({ business, ...reading }),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  })
}

export function versionsQuery(business: string) {
  return queryOptions({
    queryKey: ['notice', business, 'versions'],
    queryFn: () => privacy.listNoticeVersions.query({ business }),
  })
}

export function diffQuery(business: string, from: number, to: number) {
  return queryOptions({
    queryKey: ['notice', business, 'diff', from, to],
    queryFn: () => privacy.diffNotices.query({ business, from, to }),
    staleTime: Infinity,
  })
}

export function contactQuery(business: string) {
  return queryOptions({
    queryKey: ['contact', business],
    queryFn: () => privacy.getContact.query({ business }),
    staleTime: Infinity,
  })
}

/** With what this browser says by script, for the header alone may have been taken off on the way. */
export function consentPromptQuery(business: string) {
  const browser = navigator as Navigator & { globalPrivacyControl?: boolean }
  const signals = {
    doNotTrack: browser.doNotTrack === '1',
    globalPrivacyControl: browser.globalPrivacyControl === true,
  }
  return queryOptions({
    queryKey: ['consent-prompt', business],
    queryFn: () => privacy.getConsentPrompt.query({ business, signals }),
    staleTime: 60_000,
  })
}

export const consentQuery = queryOptions({
  queryKey: ['consent'],
  queryFn: () => privacy.getConsent.query({}),
  staleTime: 0,
})

export const requestsQuery = queryOptions({
  queryKey: ['requests'],
  queryFn: () => privacy.listRequests.query(),
  staleTime: 0,
  // What was asked of every business is passed on to each a moment later.
  refetchInterval: ({ state }) => (state.data?.some((one) => one.state === 'in-progress') ? 2_000 : false),
})

/** Completed by being read; every other kind goes on by itself. */
const byReading = ['access', 'ccpa-know', 'portability']

export function requestQuery(requestId: string) {
  return queryOptions({
    queryKey: ['requests', requestId],
    queryFn: () => privacy.getRequest.query({ requestId }),
    // Asked again after its hour, it would be refused, and with it the receipt would leave the screen.
    staleTime: ({ state }) => (state.data?.state === 'completed' ? Infinity : 10_000),
    refetchInterval: ({ state }) =>
      state.data?.state === 'in-progress' && !byReading.includes(state.data.kind) ? 700 : false,
  })
}

/** Collected anew by every service each time it is asked for, so not more often than somebody looks. */
export function answerQuery(requestId: string) {
  return queryOptions({
    queryKey: ['answer', requestId],
    queryFn: () => privacy.getAccessAnswer.query({ requestId }),
    staleTime: 300_000,
    refetchOnWindowFocus: false,
  })
}

/** With which receipts are checked in this browser. */
export const signingKeysQuery = queryOptions({
  queryKey: ['signing-keys'],
  queryFn: () => privacy.listSigningKeys.query({}),
  staleTime: Infinity,
})

export function receiptQuery(requestId: string) {
  return queryOptions({
    queryKey: ['receipt', requestId],
    queryFn: () => privacy.getReceipt.query({ requestId }),
    staleTime: Infinity,
  })
}
