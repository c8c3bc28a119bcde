import { errorReasons } from '@candor/contracts/errors'
import type { AnyProcedure } from '@candor/contracts/contract'
import type { NamedProcedure } from './every-procedure.ts'
import { nastyValue, tornText } from './nasty-values.ts'
import { inBatches, rawBatch, rawCall, readAnswer, sendBatch } from './raw-call.ts'
import type { RawAnswer } from './raw-call.ts'
import { fieldsOf, put, sampleInput } from './sample-input.ts'

/**
 * Inputs that are wrong in one field or altogether. One in 25 may be such that the contract takes it: what comes behind has
 * to do with it.
 */
export function badInputs(
  procedure: AnyProcedure,
  ids: Record<string, unknown>,
  count: number,
  random: () => number,
): unknown[] {
  const fields = fieldsOf(procedure)
  const [whole, bare] = [sampleInput(procedure, ids, true), sampleInput(procedure, ids, false)]
  const inputs: unknown[] = []
  for (let taken = 0; inputs.length < count;) {
    const field = fields[Math.floor(random() * fields.length)]
    const sample = random() < 0.7 || field?.path.includes('0') ? whole : bare
    const input =
      !field || random() < 0.2
        ? nastyValue(random, undefined)
        : put(sample, field.path, nastyValue(random, valueAt(sample, field.path)))
    if (procedure.input.safeParse(input ?? {}).success && ++taken > count / 25) continue
    inputs.push(input)
  }
  return inputs
}

function valueAt(input: unknown, path: readonly string[]): unknown {
  return path.reduce((value, key) => (value as Record<string, unknown> | undefined)?.[key], input)
}

/** Sends every input, most of them in batches of both kinds, and tells which answers were wrong. */
export async function sendBad(inputs: readonly unknown[], to: Door): Promise<string[]> {
  const { url, row, token } = to
  const { service, name, procedure } = row
  const calls = inputs.map((input) => ({ name, procedure, input }))
  const isStream = procedure.kind === 'subscription'
  const singles = isStream ? calls : calls.splice(0, Math.ceil(calls.length / 50))
  const wrong: string[] = []
  const judge = (answer: RawAnswer, input: unknown) => {
    const problem = wrongWith(answer)
    if (problem) wrong.push(`${service}.${name}: ${problem}; ${JSON.stringify(input)?.slice(0, 500)}`)
  }
  for (const { input } of singles) {
    judge(await rawCall(url, service, name, procedure, input, token), input)
    if (!isStream) judge(await sendTorn(to, input), input)
  }
  for (const [place, batch] of inBatches(calls, 25).entries()) {
    if (place % 3 === 0) judge(await sendLines(to, batch), batch)
    else
      for (const [n, answer] of (await rawBatch(url, service, batch, token)).entries())
        judge(answer, batch[n]!.input)
  }
  return wrong
}

/** What is wrong with an answer: it blames us, has no reason of the table, or shows the inside. */
export function wrongWith({ status, text, error }: RawAnswer): string | undefined {
  const reason = error?.data.reason
  if (status >= 500 || /"httpStatus":5\d\d/.test(text)) return `answers ${status}: ${text.slice(0, 300)}`
  if (status >= 400 && !Object.hasOwn(errorReasons, reason ?? ''))
    return `gives no reason: ${text.slice(0, 300)}`
  if (/\n\s+at |\\n\s+at |node_modules|\.ts:\d+/.test(text))
    return `shows the inside: ${text.slice(0, 1_000)}`
  return undefined
}

/** The same input as one call whose text was damaged on its way. */
async function sendTorn({ url, row, token, random }: Door, input: unknown): Promise<RawAnswer> {
  const { service, name, procedure } = row
  const text = tornText(random, JSON.stringify(input) ?? '').toWellFormed()
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {}
  const address = `${url}/trpc/${service}/${name}`
  if (procedure.kind === 'query')
    return readAnswer(await fetch(`${address}?input=${encodeURIComponent(text)}`, { headers }))
  headers['content-type'] = 'application/json'
  return readAnswer(await fetch(address, { method: 'POST', headers, body: text }))
}

/** A batch whose answers come as lines, each when it is ready. */
async function sendLines(
  { url, row, token }: Door,
  batch: Parameters<typeof sendBatch>[2],
): Promise<RawAnswer> {
  const headers = { 'trpc-accept': 'application/jsonl', ...(token && { authorization: `Bearer ${token}` }) }
  const response = await sendBatch(url, row.service, batch, headers)
  // Each of its errors has a status of its own; the whole has begun before they are known.
  return { status: Math.min(response.status, 399), text: await response.text(), error: undefined }
}

interface Door {
  url: string
  row: NamedProcedure
  token: string | undefined
  random: () => number
}
