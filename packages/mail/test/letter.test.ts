import { letter } from '@candor/mail/letter'
import { expect, test } from 'vitest'

const hostile = `<img src=x onerror="alert('1')">&`
const parts = {
  heading: hostile,
  paragraphs: [hostile, 'second'],
  action: { label: hostile, url: 'https://candor.example/"><script>' },
  footer: hostile,
}

test('a letter says the same as text and as HTML', () => {
  const { text, html } = letter({
    heading: 'Hello',
    paragraphs: ['First.', 'Second.'],
    action: { label: 'Open', url: 'https://candor.example/x?a=1&b=2' },
    footer: 'Bye',
  })
  expect(text).toBe('Hello\n\nFirst.\n\nSecond.\n\nOpen: https://candor.example/x?a=1&b=2\n\nBye\n')
  for (const part of ['Hello', 'First.', 'Second.', 'Open', 'Bye']) expect(html).toContain(`>${part}<`)
  expect(html).toContain('href="https://candor.example/x?a=1&#38;b=2"')
})

test('nothing that a person wrote becomes markup', () => {
  const { html, text } = letter(parts)
  expect(html).not.toMatch(/<img|<script|onerror="/)
  expect(text).toContain(hostile)
})
