import { vitestConfig } from '@candor/testing/vitest-config'

export default vitestConfig({ include: ['**/*.test.ts'], timeoutMs: 120_000 })
