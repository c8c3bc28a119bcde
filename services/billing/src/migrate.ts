import { runMigrations } from '@candor/service/run'
import { migrations } from './migrations/list.ts'

await runMigrations('billing', migrations)
