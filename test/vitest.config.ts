import { vitestConfig } from '@candor/testing/vitest-config'

// Much of what plays here is waited for.
export default vitestConfig({ include: ['**/*.test.ts'], timeoutMs: 120_000, workers: 3 })
