import { createLifecycle } from '@candor/runtime/lifecycle'
import { createLogger } from '@candor/runtime/logger'
import { readWebConfig } from '@candor/web/src/server/config.ts'
import { startWeb } from '@candor/web/src/server/start-web.ts'
import type { Stack } from '../stack.ts'

/** Serves the built pages of a platform that has none yet. Visitors find Candor at `publicUrl`. */
export async function servePages(
  { webPort }: Pick<Stack, 'webPort'>,
  publicUrl: string,
): Promise<AsyncDisposable> {
  const log = createLogger({ service: 'web', level: process.env.TEST_LOG ?? 'silent' })
  const lifecycle = createLifecycle(log)
  const config = readWebConfig({
    HTTP_PORT: String(webPort),
    OPERATIONS_PORT: '0',
    PUBLIC_URL: publicUrl,
  })
  await startWeb(config, { log, lifecycle })
  return { [Symbol.asyncDispose]: () => lifecycle.stop() }
}
