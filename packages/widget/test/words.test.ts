import { expect, test } from 'vitest'
import { wordTables as afterWords } from '../src/after/words.ts'
import { cleanText } from '../src/clean-text.ts'
import { wordTables as consentWords } from '../src/consent/words.ts'
import { linkify } from '../src/linkify.ts'
import { newId } from '../src/new-id.ts'
import { fill, languages, stringsFor } from '../src/strings.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test('every language has every text, with the same blanks to fill in', () => {
  const blanksOf = (text = '') => (text.match(/\{\w+\}/g) ?? []).toSorted()
  for (const tables of [languages, afterWords, consentWords] as Record<string, Record<string, string>>[]) {
    for (const [language, words] of Object.entries(tables)) {
      for (const [name, text] of Object.entries(tables['en']!)) {
        expect(words[name], `${language}.${name}`).toBeTruthy()
        expect(blanksOf(words[name]), `${language}.${name}`).toEqual(blanksOf(text))
      }
    }
  }
})

test('a regional variant finds its language, an unknown language English', () => {
  expect(stringsFor('fr-CA').strings).toBe(languages['fr'])
  expect(stringsFor('DE').strings).toBe(languages['de'])
  expect(stringsFor('ja-JP')).toEqual({ locale: 'en', strings: languages['en'] })
})

test('blanks are filled with values as they are', () => {
  expect(fill('{name} is here, {count}', { name: '{count}', count: 2 })).toBe('{count} is here, 2')
})

test('web addresses become links without the punctuation that follows', () => {
  expect(linkify('See (https://a.example/b?c=d), or http://e.example.')).toEqual([
    { text: 'See (', isLink: false },
    { text: 'https://a.example/b?c=d', isLink: true },
    { text: '), or ', isLink: false },
    { text: 'http://e.example', isLink: true },
    { text: '.', isLink: false },
  ])
})

test('nothing but http and https becomes a link', () => {
  const text = 'javascript:alert(1) data:text/html,x ftp://a.example'
  expect(linkify(text)).toEqual([{ text, isLink: false }])
})

test('text is cleaned of what the service refuses and keeps everything else', () => {
  expect(cleanText('  a\u0000b\u0007\r\n\tc \uD83D d 👋🏽 ')).toBe('ab\n\tc  d 👋🏽')
})

test('ids are random version 4 UUIDs', () => {
  const ids = Array.from({ length: 1000 }, newId)
  for (const id of ids) expect(id).toMatch(uuid)
  expect(new Set(ids).size).toBe(1000)
})
