import { writeFile } from 'node:fs/promises'
import { pageSizes, record } from './page-sizes.ts'

/** After a build: writes down what the pages weigh. `npm run record-sizes`, when they have a reason to weigh more. */
await writeFile(record, `${JSON.stringify(await pageSizes(), null, 2)}\n`)
