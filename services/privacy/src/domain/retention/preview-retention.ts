import type { RetentionDraft } from '@candor/contracts/data-holder'
import type { RetentionPreview } from '@candor/contracts/privacy/retention'
import type { Deps } from '../deps.ts'
import { askAll } from '../holders.ts'

/** What a sweep at `asOf` would take in every service, under what is published or under a draft; all or an error. */
export async function previewRetention(
  deps: Pick<Deps, 'holders'>,
  wanted: { tenantId: string; asOf: string; draft?: RetentionDraft },
): Promise<RetentionPreview> {
  const answers = await askAll(deps.holders, (client) => client.countExpiring.query(wanted))
  return answers.flatMap(({ service, answer }) => answer.map((expiring) => ({ service, ...expiring })))
}
