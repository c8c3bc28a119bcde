import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCommandLine } from '@candor/runtime/command-line'
import { monitoringFiles } from './files.ts'

/** `npm run monitoring`: writes rules and dashboards below deploy/components/monitoring. */
readCommandLine('Usage: npm run monitoring\nWrites rules and dashboards from their tables.', {})
const folder = join(import.meta.dirname, '../components/monitoring')
mkdirSync(join(folder, 'dashboards'), { recursive: true })
for (const [path, text] of Object.entries(monitoringFiles())) writeFileSync(join(folder, path), text)
