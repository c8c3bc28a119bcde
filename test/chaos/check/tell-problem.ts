import type { Problem } from './check-history.ts'

export function tellProblem({ kind, conversation, evidence }: Problem): string {
  return `${kind} (conversation ${conversation}): ${evidence}`
}
