import { defineConfig } from 'vitest/config'

/**
 * Vitest settings of every workspace. One PostgreSQL serves a whole run; each test file makes its own databases and
 * its own NATS server, so files can run side by side. What they share is the loaded code: a service's modules hold no
 * state, and loading them anew for each file costs more than most files' tests.
 */
export function vitestConfig(
  options: { postgres?: boolean; timeoutMs?: number; include?: string[]; workers?: number } = {},
) {
  const { postgres = true, timeoutMs = 30_000, include = ['test/**/*.test.ts'], workers = 2 } = options
  return defineConfig({
    test: {
      include,
      globalSetup: postgres ? [new URL('./postgres-setup.ts', import.meta.url).pathname] : [],
      testTimeout: timeoutMs,
      hookTimeout: 60_000,
      maxWorkers: workers,
      pool: 'threads',
      isolate: false,
      typecheck: { enabled: false },
    },
  })
}
