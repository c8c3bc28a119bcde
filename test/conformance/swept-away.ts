import { until } from '../story/until.ts'
import type { Inside } from './inside.ts'

/** Fails where any of the words is left in a store after a whole sweep; what hangs on events has a moment more. */
export async function sweptAway(
  { swept, search }: Pick<Inside, 'swept' | 'search'>,
  words: readonly string[],
): Promise<void> {
  await swept()
  await until(
    'it to be gone',
    async () => {
      const left = await search(words)
      if (left.length > 0) throw new Error(`it is still in ${left.join(', ')}`)
      return true
    },
    10_000,
  )
}
