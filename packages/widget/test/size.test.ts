import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const script = await readFile(new URL('../dist/widget.js', import.meta.url))

test('the chat is one script under 25 kB compressed', () => {
  expect(gzipSync(script, { level: 9 }).length).toBeLessThan(25_000)
})

test('the part that asks for consent is another 5 kB, for pages that want it', async () => {
  const part = await readFile(new URL('../dist/widget-consent.js', import.meta.url))
  expect(gzipSync(part, { level: 9 }).length).toBeLessThan(5_000)
})

test('what a closed chat offers is another 2.5 kB, for visitors who get so far', async () => {
  const part = await readFile(new URL('../dist/widget-after.js', import.meta.url))
  expect(gzipSync(part, { level: 9 }).length).toBeLessThan(2_500)
})
