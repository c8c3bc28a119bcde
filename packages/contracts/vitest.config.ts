import { vitestConfig } from '@candor/testing/vitest-config'
import { mergeConfig } from 'vitest/config'

/** What a client may write and what it gets back is a matter of types, so the compiler runs these tests too. */
export default mergeConfig(vitestConfig({ postgres: false }), {
  test: { typecheck: { enabled: true, include: ['test/**/*.test-d.ts'] } },
})
