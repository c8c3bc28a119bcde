import { writeFileSync } from 'node:fs'
import { apiReference } from '../src/reference.ts'

writeFileSync(new URL('../../../docs/api.md', import.meta.url), apiReference())
