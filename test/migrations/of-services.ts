import { migrations as billing } from '@candor/billing/migrations'
import { migrations as chat } from '@candor/chat/migrations'
import { migrations as identity } from '@candor/identity/migrations'
import { migrations as privacy } from '@candor/privacy/migrations'
import { migrations as transcripts } from '@candor/transcripts/migrations'

/** What makes the schema of each service's database. */
export const migrationsOf = { billing, chat, identity, privacy, transcripts }
