import { readFileSync } from 'node:fs'
import { apiReference } from '@candor/contracts/reference'
import { expect, test } from 'vitest'

test('docs/api.md says what the contracts say', () => {
  const written = readFileSync(new URL('../docs/api.md', import.meta.url), 'utf8')
  expect(written, 'run: npm run api-reference').toBe(apiReference())
})
