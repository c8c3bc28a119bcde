import { categoryIds } from '@candor/contracts/policy/categories'
import { Policy } from '@candor/contracts/policy/policy'
import { checkPolicy } from '@candor/policy/check-policy'
import { diffNotices } from '@candor/policy/diff-notices'
import { diffPolicies } from '@candor/policy/diff-policies'
import type { Pack } from '@candor/policy/pack'
import { packs } from '@candor/policy/packs'
import { renderNotice } from '@candor/policy/render-notice'
import { withdrawnClauses } from '@candor/policy/still-holds'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const all: Pack[] = Object.values(packs)
const pack = fc.constantFrom(...all)
const policies = all.map(({ policy }) => policy)
const from = <T>(read: (policy: Policy) => T) => fc.constantFrom(...policies.map(read))

/** Each setting from one pack or another: valid in shape, and often inconsistent. */
const mixed = fc
  .record({
    settings: fc.record(
      Object.fromEntries(
        Object.keys(packs.candor.policy).map((key) => [key, from((p) => p[key as keyof Policy])]),
      ),
    ),
    categories: fc.record(Object.fromEntries(categoryIds.map((id) => [id, from((p) => p.categories[id])]))),
  })
  .map(({ settings, categories }) => Policy.parse({ ...settings, categories }))

test('any policy of the right shape makes a notice without a gap, whichever pack it started from', () => {
  fc.assert(
    fc.property(mixed, pack, (policy, started) => {
      const { sections } = notice(started, policy)
      const told = sections.flatMap(({ paragraphs, tables }) => [
        ...paragraphs.map(({ text }) => text),
        ...tables.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells)),
      ])
      for (const text of told) expect(text).toMatch(/^(?!.*(undefined|null|NaN|\[object|[{}])).+$/)
    }),
  )
})

test('any policy is either told to be consistent or refused with words, never with a crash', () => {
  fc.assert(
    fc.property(mixed, (policy) => {
      for (const { path, message } of checkPolicy(policy)) {
        expect(Object.keys(policy)).toContain(path.split('.')[0])
        expect(message.length).toBeGreaterThan(10)
      }
    }),
  )
})

test('what differs there differs back, with before and after exchanged', () => {
  const exchanged = (one: Policy, other: Policy) =>
    diffPolicies(one, other)
      .map(({ path, before, after }) => JSON.stringify([path, before, after]))
      .toSorted()
  fc.assert(
    fc.property(mixed, mixed, (one, other) => {
      const back = diffPolicies(other, one).map(({ path, before, after }) =>
        JSON.stringify([path, after, before]),
      )
      expect(exchanged(one, other)).toEqual(back.toSorted())
    }),
  )
})

test('a promise that a change takes back is always a significant change of the notice', () => {
  fc.assert(
    fc.property(pack, mixed, (started, policy) => {
      const changes = diffNotices(notice(started, started.policy), notice(started, policy))
      const gone = changes.paragraphs
        .filter(({ significant }) => significant)
        .map(({ path }) => path.split('.')[1])
      expect(gone.toSorted()).toEqual(withdrawnClauses(started, policy).toSorted())
      if (gone.length > 0) expect(changes.isSignificant).toBe(true)
    }),
  )
})

function notice(started: Pack, policy: Policy) {
  const business = { name: 'Shop', country: 'DE' }
  return renderNotice({ pack: started, policy, business, revisedAt: null, effectiveAt: null })
}
