import { CheckError } from './check-up.ts'
import type { Check } from './check-up.ts'

/** What a doctor looks at first: that `read` takes the environment. It answers for what was read. */
export function configCheck(read: () => string): Check {
  return {
    name: 'config',
    async look() {
      try {
        return { found: `read, for ${read()}` }
      } catch (cause) {
        const toDo =
          'What is set stands in the ConfigMap of the service, what is secret in files of its secret.'
        throw new CheckError((cause as Error).message, toDo, { cause })
      }
    },
  }
}
