import type { privacy } from '@candor/contracts/privacy'
import type { CallerOf, OutputOf } from '@candor/contracts/contract'
import { accessPdf } from '../documents/access-pdf.ts'
import type { Deps } from './deps.ts'
import { getAccessAnswer } from './get-access-answer.ts'

/** The answer as a document that can be kept, printed and handed on. */
export async function getAccessPdf(
  deps: Deps,
  caller: CallerOf<Row>,
  requestId: string,
): Promise<OutputOf<Row>> {
  const answer = await getAccessAnswer(deps, caller, requestId)
  const pdf = await accessPdf(answer)
  const filename = `what-${answer.business.slug}-holds-${answer.generatedAt.slice(0, 10)}.pdf`
  return { filename, mediaType: 'application/pdf', content: pdf.toString('base64') }
}

type Row = (typeof privacy)['procedures']['getAccessPdf']
