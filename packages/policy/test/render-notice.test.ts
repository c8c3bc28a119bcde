import { categoryIds } from '@candor/contracts/policy/categories'
import type { Policy } from '@candor/contracts/policy/policy'
import { authorities } from '@candor/policy/authorities'
import { Notice } from '@candor/contracts/policy/notice'
import type { Pack } from '@candor/policy/pack'
import { packs } from '@candor/policy/packs'
import { renderNotice } from '@candor/policy/render-notice'
import { withdrawnClauses } from '@candor/policy/still-holds'
import { regions } from '@candor/policy/transfers'
import { expect, test } from 'vitest'

const business = { name: 'Shop & Sons', country: 'DE' }
const dates = { revisedAt: '2026-11-20T08:00:00.000Z', effectiveAt: '2026-12-01T00:00:00.000Z' }
const all: Pack[] = Object.values(packs)

test.each(all)(
  'the notice of $id makes each promise of the pack once, with the numbers of its policy',
  (pack) => {
    const promised = paragraphs(notice(pack)).filter(({ clause }) => clause !== null)
    expect(promised.map(({ clause }) => clause).toSorted()).toEqual(
      pack.clauses.map(({ id }) => id).toSorted(),
    )
    for (const { text } of promised) expect(text).not.toMatch(/[{}]/)
  },
)

test.each(all)('the notice of $id tells the six facts of every category, and its role', (pack) => {
  const rows = rowsOf(notice(pack), 'categories')
  expect(rows.map(({ key }) => key)).toEqual([...categoryIds])
  for (const { key, cells } of rows) {
    expect(cells, key).toHaveLength(7)
    for (const cell of cells) expect(cell.length, `${key}: ${cells}`).toBeGreaterThan(3)
  }
})

test.each(all)(
  'in the notice of $id no two paragraphs or rows share a key, and every text is one',
  (pack) => {
    for (const { paragraphs, tables } of notice(pack).sections) {
      for (const keyed of [paragraphs, ...tables.map(({ rows }) => rows)]) {
        expect(new Set(keyed.map(({ key }) => key)).size).toBe(keyed.length)
      }
      for (const { text } of paragraphs) expect(text).not.toMatch(/undefined|null|NaN|\[object/)
      for (const { head, rows } of tables)
        for (const { cells } of rows) expect(cells).toHaveLength(head.length)
    }
  },
)

test('periods are told with what they count from, by channel and from the end of the year', () => {
  const rows = rowsOf(notice(packs.imsupporting), 'categories')
  const retention = Object.fromEntries(rows.map(({ key, cells }) => [key, cells[4]]))
  expect(retention).toMatchObject({
    conversation: '12 months after the conversation ends; by mail: 2 years',
    'purchase-records':
      '6 years after the end of the financial year (to 31 March) in which the invoice was issued',
    'staff-account': 'While the account lives',
    'evidence-log': '12 months after it was recorded',
  })
})

test('categories that no service holds can be left out', () => {
  const rows = rowsOf(notice(packs.candor, { held: ['conversation'] }), 'categories')
  expect(rows.map(({ key }) => key)).toEqual(['conversation'])
})

test('whether signals are obeyed is said once each, as the policy has it', () => {
  const signals = (pack: Pack) => section(notice(pack), 'signals').paragraphs.map(({ text }) => text)
  expect(signals(packs.candor)).toEqual([
    expect.stringContaining('We obey Do Not Track'),
    expect.stringContaining('We obey Global Privacy Control'),
  ])
  expect(signals(packs.imocloud)).toEqual([
    packs.imocloud.clauses.find(({ id }) => id === 'imocloud-13-dnt-ignored')!.text,
    expect.stringContaining('We do not act on Global Privacy Control'),
  ])
  expect(signals(packs.chatinbox)).toHaveLength(1)
})

test('every right stands there with its law, how to use it and by when', () => {
  const rows = rowsOf(notice(packs.chatinbox), 'rights')
  expect(rows.map(({ key }) => key)).toEqual(
    expect.arrayContaining(['access', 'portability', 'ccpa-know', 'ccpa-opt-out']),
  )
  const access = rows.find(({ key }) => key === 'access')!
  expect(access.cells[1]).toBe('GDPR article 15')
  expect(access.cells[3]).toBe('Within 1 month; where it is complex 2 months more, and we tell you so')
})

test('each recipient abroad stands there with country and safeguard', () => {
  const abroad = section(notice(packs.chatinbox), 'recipients').paragraphs
  expect(abroad.find(({ key }) => key === 'recipients.abroad')!.text).toBe(
    'Outside the region in which the data is kept: The inbound mail service (United States, standard contractual clauses).',
  )
})

test("the authority is that of the reader's country, else of the business's, else none is named", () => {
  const authority = (change: Parameters<typeof notice>[1]) =>
    section(notice(packs.candor, change), 'contact').paragraphs.find(
      ({ key }) => key === 'contact.authority',
    )!.text
  expect(authority({ readerCountry: 'FR' })).toContain('https://www.cnil.fr')
  expect(authority({ readerCountry: 'BR' })).toContain('https://www.bfdi.bund.de')
  expect(authority({ business: { name: 'Shop', country: 'BR' } })).not.toContain('https://')
})

test('there is an authority for every country of the EEA, for the United Kingdom and for Switzerland', () => {
  expect(Object.keys(authorities).toSorted()).toEqual([...regions.eea, 'CH', 'GB'].toSorted())
  for (const { url } of Object.values(authorities)) expect(new URL(url).protocol).toBe('https:')
})

test('the dates of revision and of effect are told, and a preview has none', () => {
  const changes = (at: Partial<typeof dates>) =>
    section(notice(packs.candor, at as typeof dates), 'changes')
      .paragraphs.map(({ text }) => text)
      .join(' ')
  expect(changes(dates)).toContain('revised on 2026-11-20')
  expect(changes(dates)).toContain('takes effect on 2026-12-01')
  expect(changes({ revisedAt: null!, effectiveAt: null! })).not.toContain('2026')
})

test('a promise follows the numbers of the policy', () => {
  const policy = changed(packs.imsupporting, (p) => {
    p.categories.conversation.retention.period = { months: 6 }
    p.categories['contact-details'].retention.period = { months: 6 }
  })
  const clause = paragraphs(notice(packs.imsupporting, { policy })).find(
    (one) => one.clause === 'imsupporting-14-chat-12-months',
  )
  expect(clause!.text).toContain('for 6 months at most')
  expect(withdrawnClauses(packs.imsupporting, policy)).toEqual([])
})

test.each<[string, Pack, (policy: Policy) => void, string[]]>([
  [
    'obeying Do Not Track',
    packs.imocloud,
    (p) => (p.signals.doNotTrack = 'obeyed'),
    ['imocloud-13-dnt-ignored'],
  ],
  ['taking away the age', packs.imocloud, (p) => (p.minors = null), ['imocloud-12-no-minors']],
  [
    'another payment provider',
    packs.imocloud,
    (p) => p.paymentProviders.push('paypal'),
    ['imocloud-03-stripe'],
  ],
  [
    'one period for all channels',
    packs.imsupporting,
    (p) => delete p.categories.conversation.retention.byChannel.mail,
    ['imsupporting-08-mail-two-years', 'imsupporting-14-chat-12-months'],
  ],
])(
  '%s takes back the promise of the opposite, and the notice makes it no more',
  (_, pack, change, withdrawn) => {
    const policy = changed(pack, change)
    expect(withdrawnClauses(pack, policy)).toEqual(withdrawn)
    const told = paragraphs(notice(pack, { policy })).map(({ clause }) => clause)
    for (const id of withdrawn) expect(told).not.toContain(id)
  },
)

test('naming a contact, a recipient or a cookie takes back no promise', () => {
  for (const pack of all) {
    const policy = changed(pack, (p) => {
      p.contact = { email: 'privacy@example.org', officer: { name: 'Ada', email: 'ada@example.org' } }
      p.recipients.push({ ...p.recipients[0]!, id: 'another' })
      p.cookies.push({ ...p.cookies[0]!, name: 'another' })
    })
    expect(withdrawnClauses(pack, policy)).toEqual([])
    expect(JSON.stringify(section(notice(pack, { policy }), 'contact'))).toContain('privacy@example.org')
  }
})

function notice(pack: Pack, change: Partial<Parameters<typeof renderNotice>[0]> = {}): Notice {
  return Notice.parse(renderNotice({ pack, policy: pack.policy, business, ...dates, ...change }))
}

function section(from: Notice, id: string) {
  return from.sections.find((one) => one.id === id)!
}

function paragraphs({ sections }: Notice) {
  return sections.flatMap((one) => one.paragraphs)
}

function rowsOf({ sections }: Notice, table: string) {
  return sections.flatMap(({ tables }) => tables).find(({ key }) => key === table)!.rows
}

function changed(pack: Pack, change: (policy: Policy) => unknown): Policy {
  const policy: Policy = JSON.parse(JSON.stringify(pack.policy))
  change(policy)
  return policy
}
