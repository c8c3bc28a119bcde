import { vitestConfig } from '@candor/testing/vitest-config'
import { mergeConfig } from 'vitest/config'

/** What handlers a contract demands is a matter of types, so the compiler runs those tests. */
export default mergeConfig(vitestConfig({ postgres: false }), {
  test: { typecheck: { enabled: true, include: ['test/**/*.test-d.ts'] } },
})
