import { fileURLToPath } from 'node:url'
import { checkUp } from '@candor/runtime/check-up'
import { readWebConfig } from './server/config.ts'
import { readPages } from './server/pages.ts'

/** What serves the pages stands on nothing but its settings and its own disk. */
const ill = await checkUp(
  'web',
  [
    {
      name: 'config',
      async look() {
        const { PUBLIC_URL } = readWebConfig(process.env)
        return { found: `read${PUBLIC_URL ? `, for ${PUBLIC_URL}` : ''}` }
      },
    },
    {
      name: 'pages',
      async look() {
        await readPages(fileURLToPath(new URL('../dist', import.meta.url)))
        return { found: 'built' }
      },
    },
  ],
  (line) => void process.stdout.write(`${line}\n`),
)
process.exitCode = ill === 0 ? 0 : 1
