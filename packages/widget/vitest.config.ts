import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { globalSetup: 'test/build-widget.ts', testTimeout: 30_000, hookTimeout: 60_000, maxWorkers: 2 },
})
