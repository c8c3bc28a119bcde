import { CheckError } from '@candor/runtime/check-up'
import type { Check, Complaint } from '@candor/runtime/check-up'
import { z } from 'zod'
import type { WebConfig } from './config.ts'
import { askForRules, privacyUrlIn } from './gpc.ts'

/** That privacy answers what `/.well-known/gpc.json` is made of: asks for a business that hardly exists. */
export function privacyCheck(config: () => WebConfig): Check {
  return {
    name: 'privacy',
    needs: 'config',
    async look() {
      const url = privacyUrlIn(config())
      if (!url) return { found: 'nobody is asked: neither PRIVACY_URL nor PUBLIC_URL is set' }
      const { status, outcome } = await ask(url)
      if (outcome === 'ok' || outcome === 'not-found') return { found: `answers at ${url}` }
      return { found: `${url} answers ${status}`, wrong: [complaintOf(outcome)] }
    },
  }
}

async function ask(url: string): Promise<{ status: number; outcome: string | undefined }> {
  try {
    const response = await askForRules(url, { business: 'doctor' })
    return { status: response.status, outcome: outcomeIn(await response.text()) }
  } catch (err) {
    const { message, cause } = err as Error & { cause?: { code?: string; message?: string } }
    const why = cause?.code ?? cause?.message ?? message
    throw new CheckError(`privacy does not answer at ${url}: ${why}`, addressAdvice, { cause: err })
  }
}

/** Whoever else stands there answers in another form, and another service that it has no such procedure. */
function complaintOf(outcome: string | undefined): Complaint {
  return outcome && outcome !== 'no-such-procedure'
    ? { what: `privacy cannot tell: ${outcome}`, toDo: "Run privacy's own doctor." }
    : { what: 'that is no answer of privacy', toDo: addressAdvice }
}

function outcomeIn(body: string): string | undefined {
  try {
    return Answer.parse(JSON.parse(body))
  } catch {
    return undefined
  }
}

/** As a service answers: with data, or for a reason. */
const Answer = z.union([
  z.object({ result: z.object({ data: z.object({}) }) }).transform(() => 'ok'),
  z
    .object({ error: z.object({ data: z.object({ reason: z.string() }) }) })
    .transform(({ error }) => error.data.reason),
])

const addressAdvice =
  'Check PRIVACY_URL, or PUBLIC_URL where that is not set, that privacy runs, and the network policy between here and there.'
