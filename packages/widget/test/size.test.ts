import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const script = await readFile(new URL('../dist/widget.js', import.meta.url))

test('the whole widget is one script under 25 kB compressed', () => {
  expect(gzipSync(script, { level: 9 }).length).toBeLessThan(25_000)
})
