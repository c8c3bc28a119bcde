import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseSearchQuery } from '../src/domain/search-query.ts'
import { snippet } from '../src/domain/snippet.ts'

describe('a search box', () => {
  test.each([
    ['anna refund', [[['anna', false]], [['refund', true]]]],
    ['"new york" pizza', [[['new york', false]], [['pizza', true]]]],
    ['pizza "new york"', [[['pizza', false]], [['new york', false]]]],
    [
      'tea or coffee please',
      [
        [
          ['tea', false],
          ['coffee', false],
        ],
        [['please', true]],
      ],
    ],
    ['tea or', [[['tea', false]], [['or', true]]]],
    ['or tea', [[['or', false]], [['tea', true]]]],
    ['- & "', []],
    ['"unclosed phrase', [[['unclosed phrase', false]]]],
  ])('reads %s', (query, expected) => {
    const read = parseSearchQuery(query).map(({ anyOf }) =>
      anyOf.map(({ text, unfinished }) => [text, unfinished]),
    )
    expect(read).toEqual(expected)
  })

  test('takes a minus for an exclusion, of a word or a phrase', () => {
    expect(parseSearchQuery('tea -milk -"no sugar"').map(({ excluded }) => excluded)).toEqual([
      false,
      true,
      true,
    ])
  })
})

describe('a snippet', () => {
  const text = fc
    .string({ unit: 'grapheme', maxLength: 600 })
    .map((typed) => typed.replace(/[^\P{Cc}\n]/gu, ''))

  test('is a part of the text with marks around words and nothing else added', () => {
    fc.assert(
      fc.property(text, fc.string({ unit: 'grapheme', maxLength: 40 }), (written, query) => {
        const made = snippet(written, parseSearchQuery(query))
        const bare = made.replaceAll('\u0002', '').replaceAll('\u0003', '').replace(/^…|…$/g, '')
        expect(written.replace(/\s+/g, ' ').trim().replaceAll('…', '')).toContain(bare.replaceAll('…', ''))
        expect(made.isWellFormed()).toBe(true)
        expect(made.split('\u0002')).toHaveLength(made.split('\u0003').length)
      }),
    )
  })

  test('of a long text stays short and holds the match', () => {
    const long = `${'lorem ipsum '.repeat(100)}needle ${'dolor sit '.repeat(100)}`
    const made = snippet(long, parseSearchQuery('need'))
    expect(made).toContain('\u0002needle\u0003')
    expect(made.length).toBeLessThan(210)
    expect(made).toMatch(/^….*…$/)
  })
})
