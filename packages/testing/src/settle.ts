/** Repeats `check` until it stops throwing, and answers what it answers. Throws its last error after `timeoutMs`. */
export async function settle<T>(check: () => Promise<T> | T, timeoutMs = 20_000): Promise<T> {
  const deadline = performance.now() + timeoutMs
  while (true) {
    try {
      return await check()
    } catch (err) {
      if (performance.now() > deadline) throw err
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }
}
