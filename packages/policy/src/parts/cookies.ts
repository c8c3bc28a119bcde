import type { Cookie } from '@candor/contracts/policy/policy'

/** What the product itself stores in a browser. A name that ends in `*` stands for all that begin so. */
export const essentialCookies: Cookie[] = [
  essential('candor:*', 'session-storage', 'Keeps a chat open while you move between pages'),
  essential('candor.privacy.*', 'session-storage', 'Keeps you signed in to the privacy centre'),
  essential('candor.session', 'local-storage', 'Keeps staff signed in until they sign out'),
  essential('candor.theme', 'local-storage', 'Remembers light or dark colours once chosen'),
  essential('candor.shortcuts', 'local-storage', 'Remembers that keyboard shortcuts were switched off'),
  {
    ...essential('candor.consent', 'local-storage', 'Remembers what you chose here'),
    lifetime: { months: 6 },
  },
]

export const rememberMeCookie: Cookie = {
  name: 'candor.visitor',
  kind: 'remember-me',
  storage: 'local-storage',
  purpose: 'Greets you by name when you come back',
  lifetime: { months: 12 },
}

export const statisticsCookie: Cookie = {
  name: 'candor_statistics',
  kind: 'statistics',
  storage: 'cookie',
  purpose: 'Tells a first visit from later ones, for visit statistics',
  lifetime: { months: 12 },
}

export const advertisingCookie: Cookie = {
  name: 'candor_campaign',
  kind: 'advertising',
  storage: 'cookie',
  purpose: 'Tells which advertisement led here',
  lifetime: { months: 3 },
}

function essential(name: string, storage: Cookie['storage'], purpose: string): Cookie {
  return { name, kind: 'essential', storage, purpose, lifetime: null }
}
