import type { Briefing } from '@candor/contracts/privacy/registers'

/** Whether to remind somebody of the briefing: from two weeks before it is due. */
export function isAsked({ dueAt }: Pick<Briefing, 'dueAt'>, now = Date.now()): boolean {
  return dueAt !== null && Date.parse(dueAt) - now < 14 * 86_400_000
}
