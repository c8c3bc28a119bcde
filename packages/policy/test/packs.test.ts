import { Policy } from '@candor/contracts/policy/policy'
import { packIds } from '@candor/contracts/policy/tenant-rules'
import { clauseIds, clauses } from '@candor/policy/clauses'
import type { ClauseId } from '@candor/policy/packs'
import type { Pack } from '@candor/policy/pack'
import { packs } from '@candor/policy/packs'
import { settingAt } from '@candor/policy/setting-at'
import { unfilled } from '@candor/policy/unfilled'
import { expect, expectTypeOf, test } from 'vitest'
import { promised } from './promised.ts'

const all: Pack[] = Object.values(packs)

test('every promise stands in the registry exactly once, under the pack that makes it', () => {
  expect(Object.values(promised).flat()).toHaveLength(81)
  expect(clauseIds.toSorted()).toEqual(Object.values(promised).flat().toSorted())
  for (const [packId, ids] of Object.entries(promised)) {
    const made = all.find(({ id }) => id === packId)!.clauses.map(({ id }) => id)
    expect(made).toEqual(ids)
    for (const id of ids) expect(clauses[id].pack).toBe(packId)
  }
  expectTypeOf<ClauseId>().toEqualTypeOf<(typeof promised)[keyof typeof promised][number]>()
})

test('packs are listed in the order of their ids, each under its own', () => {
  expect(Object.keys(packs)).toEqual([...packIds])
  for (const [id, pack] of Object.entries(packs)) expect(pack.id).toBe(id)
})

test.each(all)('$id is a valid policy, and parsing changes nothing of it', ({ policy }) => {
  expect(Policy.parse(policy)).toEqual(policy)
})

test.each(all)('every setting that $id refers to is there', ({ policy, clauses, fillIn }) => {
  for (const path of [...fillIn, ...clauses.flatMap(({ settings }) => settings)]) {
    expect(settingAt(policy, path), path).not.toBeUndefined()
  }
})

test('each promise is carried by settings, or says why it holds under any', () => {
  for (const { id, text, settings, byDesign } of Object.values(clauses)) {
    expect(settings.length > 0, id).toBe(byDesign === undefined)
    expect(text, id).toMatch(/[.?]$/)
  }
})

test('a number in a promise is one of the settings that carry it', () => {
  for (const { id, text, settings } of Object.values(clauses)) {
    for (const [, path] of text.matchAll(/\{([^}]+)\}/g)) {
      expect(
        settings.some((setting) => `${path}.`.startsWith(`${setting}.`)),
        id,
      ).toBe(true)
    }
    expect(text.replaceAll(/\{[^}]+\}/g, ''), id).not.toMatch(/\d/)
  }
})

test('nobody can change a pack', () => {
  const { policy } = packs.candor
  expect(() => policy.categories.conversation.purposes.push('advertise')).toThrow(TypeError)
})

test('no two promises are worded the same', () => {
  const texts = Object.values(clauses).map(({ text }) => text)
  expect(new Set(texts).size).toBe(texts.length)
})

test('what a business has to say of itself is asked for until it has', () => {
  const { imbachat } = packs
  expect(unfilled(imbachat, imbachat.policy)).toEqual(['contact.email', 'contact.officer'])
  const contact = { email: 'privacy@example.org', officer: null }
  expect(unfilled(imbachat, { ...imbachat.policy, contact })).toEqual(['contact.officer'])
})
