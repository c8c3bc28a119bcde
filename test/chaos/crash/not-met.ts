/** Crash points that no run can be made to come to, each with the reason. */
export const notMet: Record<string, string> = {
  'before commit in services/privacy/src/saga/steps.ts (3)':
    'Something about a person has to arrive between two steps of their erasure.',
}
