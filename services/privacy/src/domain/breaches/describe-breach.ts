import type { Breach } from '@candor/contracts/privacy/breaches'
import { categories as categoryTexts } from '@candor/policy/categories'
import type { BreachRecord } from '../../store/breaches.ts'

/** When the authority has to know (GDPR article 33(1)). */
export function dueAt({ noticedAt }: Pick<BreachRecord, 'noticedAt'>): Date {
  return new Date(noticedAt.getTime() + 72 * 3_600_000)
}

export function describeBreach(breach: BreachRecord, business: { name: string; country: string }): Breach {
  const { authorityNotifiedAt, peopleNotifiedAt, closedAt, noticedAt, ...rest } = breach
  return {
    ...rest,
    noticedAt: noticedAt.toISOString(),
    dueAt: dueAt(breach).toISOString(),
    authorityNotifiedAt: authorityNotifiedAt?.toISOString() ?? null,
    peopleNotifiedAt: peopleNotifiedAt?.toISOString() ?? null,
    closedAt: closedAt?.toISOString() ?? null,
    drafts: { authority: draftForAuthority(breach, business), people: draftForPeople(breach, business) },
  }
}

/** What article 33(3) asks for, in its order. */
function draftForAuthority(
  breach: BreachRecord,
  { name, country }: { name: string; country: string },
): string {
  return [
    `To the data protection authority of ${country}`,
    `${name} notifies a personal data breach under article 33 of the GDPR.`,
    `Noticed: ${breach.noticedAt.toISOString()}`,
    `Nature of the breach: ${breach.what}`,
    `Categories of data: ${titlesOf(breach)}`,
    `People concerned: ${breach.people === null ? 'not known yet' : `about ${breach.people}`}`,
    `Likely consequences: ${consequences[breach.risk]}`,
    `Measures taken and proposed: ${breach.measures || 'to follow'}`,
    'Contact: our data protection officer, named in our notice.',
  ].join('\n\n')
}

/** What article 34(2) asks for, in plain words. */
function draftForPeople(breach: BreachRecord, { name }: { name: string }): string {
  return [
    `${name} has to tell you about a breach of your personal data.`,
    breach.what,
    `It concerns: ${titlesOf(breach)}.`,
    `What it may mean for you: ${consequences[breach.risk]}`,
    `What we have done: ${breach.measures || 'we are working on it and will tell you.'}`,
    'Our data protection officer, named in our notice, answers your questions.',
  ].join('\n\n')
}

const consequences: Record<Breach['risk'], string> = {
  unlikely: 'a risk to the people concerned is unlikely.',
  risk: 'there is a risk to the rights of the people concerned.',
  'high-risk': 'there is a high risk to the rights of the people concerned.',
}

function titlesOf({ categories }: BreachRecord): string {
  return categories.map((id) => titleOf(id)).join('; ')
}

function titleOf(id: string): string {
  return (categoryTexts as Record<string, { title: string }>)[id]?.title ?? id
}
