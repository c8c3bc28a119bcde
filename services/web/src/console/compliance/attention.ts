import type { Breach } from '@candor/contracts/privacy/breaches'
import type { PrivacyCase } from '@candor/contracts/privacy/cases'
import type { Disclosure } from '@candor/contracts/privacy/disclosures'
import type { PrivacyRequest } from '@candor/contracts/privacy/request-shapes'
import { timeLeft } from '../../ui/time-left.ts'

/** What somebody has to do now, the most urgent first. */
export function attention(
  { requests, breaches, cases, disclosures, awareness }: Office,
  now = Date.now(),
): Item[] {
  const toTell = breaches.filter(
    ({ risk, authorityNotifiedAt, closedAt }) => risk !== 'unlikely' && !authorityNotifiedAt && !closedAt,
  )
  const running = requests.filter(({ dueAt, state }) => dueAt && state !== 'awaiting-proof')
  const overdue = running.filter(({ dueAt }) => Date.parse(dueAt!) <= now)
  const toDecide = requests.filter(({ state }) => state === 'awaiting-decision')
  const toApprove = disclosures.filter(({ state }) => state === 'requested')
  const unanswered = cases.filter(({ state }) => state === 'open')
  const unbriefed = awareness.filter(({ isOverdue }) => isOverdue)
  return [
    ...toTell.map(({ what, dueAt }) => ({
      text: `Tell the authority of a breach (${timeLeft(dueAt, now).text}): ${shortened(what)}`,
      href: '/compliance/breaches',
      isUrgent: true,
    })),
    ...counted(
      overdue.length,
      'request is overdue',
      'requests are overdue',
      '/compliance/requests?view=overdue',
      true,
    ),
    ...counted(
      toDecide.length,
      'request waits for your decision',
      'requests wait for your decision',
      '/compliance/requests',
    ),
    ...counted(
      toApprove.length,
      'disclosure waits for approval',
      'disclosures wait for approval',
      '/compliance/disclosures',
    ),
    ...counted(
      unanswered.length,
      'case waits for an answer',
      'cases wait for an answer',
      '/compliance/cases',
    ),
    ...counted(
      unbriefed.length,
      'colleague is overdue with the briefing',
      'colleagues are overdue with the briefing',
      '/compliance/briefings',
    ),
  ]
}

function counted(count: number, one: string, many: string, href: string, isUrgent = false): Item[] {
  return count === 0 ? [] : [{ text: `${count} ${count === 1 ? one : many}`, href, isUrgent }]
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

interface Item {
  text: string
  href: string
  isUrgent: boolean
}

interface Office {
  requests: readonly PrivacyRequest[]
  breaches: readonly Breach[]
  cases: readonly PrivacyCase[]
  disclosures: readonly Disclosure[]
  awareness: readonly { isOverdue: boolean }[]
}
