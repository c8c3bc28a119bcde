import { isDeepStrictEqual } from 'node:util'

/** Fails the story where what is seen differs from what was promised. */
export function same(what: string, seen: unknown, promised: unknown): void {
  if (isDeepStrictEqual(seen, promised)) return
  throw new Error(`${what}: expected ${JSON.stringify(promised)}, saw ${JSON.stringify(seen)}`)
}

export function holds(what: string, condition: unknown): asserts condition {
  if (!condition) throw new Error(`does not hold: ${what}`)
}

/** The reason with which a call is refused; a call that succeeds fails the story. */
export async function refusal(what: string, call: Promise<unknown>): Promise<string> {
  const outcome = await call.then(
    () => undefined,
    (err: { data?: { reason?: string } }) => err.data?.reason ?? String(err),
  )
  if (outcome === undefined) throw new Error(`${what} was let through`)
  return outcome
}
