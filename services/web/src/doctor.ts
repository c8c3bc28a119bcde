import { checkUp } from '@candor/runtime/check-up'
import { readWebConfig } from './server/config.ts'
import type { WebConfig } from './server/config.ts'
import { createRouter } from './server/router.ts'

/** What serves the pages stands on nothing but its settings and its own disk. */
let config: WebConfig
const ill = await checkUp(
  'web',
  [
    {
      name: 'config',
      async look() {
        config = readWebConfig(process.env)
        return { found: `read${config.PUBLIC_URL ? `, for ${config.PUBLIC_URL}` : ''}` }
      },
    },
    {
      name: 'pages',
      needs: 'config',
      async look() {
        await createRouter(config)
        return { found: 'built' }
      },
    },
  ],
  (line) => void process.stdout.write(`${line}\n`),
)
process.exitCode = ill === 0 ? 0 : 1
