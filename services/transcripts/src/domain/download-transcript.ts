import type { CallerOf, InputOf, OutputOf } from '@candor/contracts/contract'
import type { transcripts } from '@candor/contracts/transcripts'
import { notFound } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { transcriptJson } from '../documents/transcript-json.ts'
import { transcriptPdf } from '../documents/transcript-pdf.ts'
import { transcriptPage } from '../documents/transcript-page.ts'
import { transcriptText } from '../documents/transcript-text.ts'
import { findTranscript } from '../store/transcripts.ts'
import { accountOf, readAccount } from './account.ts'
import type { Account } from './account.ts'
import { getBusiness } from './business.ts'
import type { Deps } from './deps.ts'

/** A conversation as a file: the archived transcript, else the conversation as chat has it now. */
export async function downloadTranscript(
  deps: Deps,
  caller: CallerOf<Row>,
  { conversationId, format }: InputOf<Row>,
): Promise<OutputOf<Row>> {
  const { tenantId } = caller
  const found =
    (await findArchived(deps, tenantId, conversationId)) ?? (await findLive(deps, tenantId, conversationId))
  if (!found || (caller.kind === 'visitor' && !isTheirs(found, caller.visitorId)))
    throw notFound('transcript')
  const { extension, mediaType, write } = formats[format]
  const written = await write(found.account, await getBusiness(deps, tenantId))
  return {
    filename: `${filename(found.account)}.${extension}`,
    mediaType,
    ...(typeof written === 'string'
      ? { encoding: 'utf8', content: written }
      : { encoding: 'base64', content: written.toString('base64') }),
  }
}

/** A visitor's session proves who chatted, not who wrote a mail or called. */
function isTheirs({ visitorId, account }: Owned, caller: string): boolean {
  return visitorId === caller && account.channel === 'chat'
}

const formats: Record<InputOf<Row>['format'], Format> = {
  html: { extension: 'html', mediaType: 'text/html; charset=utf-8', write: transcriptPage },
  text: { extension: 'txt', mediaType: 'text/plain; charset=utf-8', write: transcriptText },
  json: { extension: 'json', mediaType: 'application/json', write: transcriptJson },
  pdf: { extension: 'pdf', mediaType: 'application/pdf', write: transcriptPdf },
}

async function findArchived(
  deps: Deps,
  tenantId: string,
  conversationId: string,
): Promise<Owned | undefined> {
  return asTenant(deps.db, tenantId, async (trx) => {
    const transcript = await findTranscript(trx, tenantId, conversationId)
    if (!transcript) return undefined
    return { visitorId: transcript.visitorId, account: await readAccount(trx, tenantId, transcript) }
  })
}

async function findLive(deps: Deps, tenantId: string, conversationId: string): Promise<Owned | undefined> {
  const record = await deps.chat.getConversationRecord.query({ tenantId, conversationId })
  return record ? { visitorId: record.visitorId, account: accountOf(record) } : undefined
}

/** Made of a date and an id, so it is safe on every system and names nobody. */
function filename({ startedAt, conversationId }: Account): string {
  return `conversation-${startedAt.slice(0, 10)}-${conversationId.slice(-8)}`
}

type Row = (typeof transcripts)['procedures']['downloadTranscript']

interface Format {
  extension: string
  mediaType: string
  write: (account: Account, business: { name: string }) => string | Promise<Buffer>
}

interface Owned {
  visitorId: string
  account: Account
}
