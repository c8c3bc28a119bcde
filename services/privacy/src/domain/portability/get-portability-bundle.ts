import type { privacy } from '@candor/contracts/privacy'
import type { CallerOf, OutputOf } from '@candor/contracts/contract'
import { asTenant } from '@candor/runtime/tenancy'
import type { Deps } from '../deps.ts'
import { locateEverywhere } from '../locate-everywhere.ts'
import { finishRequest } from '../requests/finish-request.ts'
import { readSubject } from '../requests/read-subject.ts'
import { buildFiles, listFiles } from './build-bundle.ts'
import { signManifest } from './manifest.ts'

/** What the person takes elsewhere. The first answer completes the request; it can be had again. */
export async function getPortabilityBundle(
  deps: Deps,
  caller: CallerOf<Row>,
  requestId: string,
): Promise<OutputOf<Row>> {
  const { request, subject } = await readSubject(deps, caller, requestId, 'hand-over')
  const located = await locateEverywhere(deps.holders, subject)
  const [{ contacts, conversations }, transcripts] = await Promise.all([
    deps.chat.exportConversations.query({ subject: located }),
    deps.transcripts.exportTranscripts.query({ subject: located }),
  ])
  const files = buildFiles({ contacts, conversations, transcripts })
  const now = deps.clock.now()
  const manifest = await signManifest(deps.signingKey, {
    format: 'candor-portability',
    version: 1,
    requestId: request.id,
    business: request.business.name,
    generatedAt: now.toISOString(),
    files: listFiles(files),
  })
  await asTenant(deps.db, request.tenantId, (trx) => finishRequest(trx, request.id, 'completed', now))
  return { files, manifest, publicKey: deps.signingKey.publicKey }
}

type Row = (typeof privacy)['procedures']['getPortabilityBundle']
