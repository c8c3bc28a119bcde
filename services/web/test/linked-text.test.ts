import { expect, test } from 'vitest'
import { splitLinks } from '../src/console/inbox/linked-text.tsx'

test('only http and https addresses become links, without the punctuation of the sentence', () => {
  expect(splitLinks('See https://rosies.example/bikes (or http://x.example/a?b=1).')).toEqual([
    { text: 'See ', isLink: false },
    { text: 'https://rosies.example/bikes', isLink: true },
    { text: ' (or ', isLink: false },
    { text: 'http://x.example/a?b=1', isLink: true },
    { text: ').', isLink: false },
  ])
  expect(splitLinks('javascript:alert(1) data:x')).toEqual([
    { text: 'javascript:alert(1) data:x', isLink: false },
  ])
})
