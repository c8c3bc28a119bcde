/** Asks again until there is an answer, for as long as the platform may take for it. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  withinMs = 20_000,
): Promise<T> {
  const deadline = performance.now() + withinMs
  let trouble: unknown
  do {
    try {
      const answer = await ask()
      if (answer !== undefined && answer !== false) return answer
    } catch (err) {
      trouble = err
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  } while (performance.now() < deadline)
  throw new Error(`waited in vain for ${what}`, { cause: trouble })
}
