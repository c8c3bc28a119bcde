import type { Holding } from '@candor/contracts/data-holder'

/** What the law asks to be told about a category of data, under the questions that a reader has. */
export function describeFacts(category: Category, business: string): Fact[] {
  return [
    { question: 'What for', answers: category.purposes },
    { question: 'On what legal ground', answers: [category.legalBasis] },
    { question: 'Who receives it', answers: category.recipients },
    { question: 'For how long', answers: [category.retention] },
    { question: 'Where it comes from', answers: [category.source] },
    { question: 'Who answers for it', answers: [responsible(category.role, business)] },
  ]
}

function responsible(role: Category['role'], business: string): string {
  return role === 'controller' ? 'Candor' : `${business}; Candor holds it on its behalf`
}

export interface Fact {
  question: string
  answers: readonly string[]
}

export type Category = Pick<
  Holding,
  'title' | 'purposes' | 'legalBasis' | 'role' | 'recipients' | 'retention' | 'source'
>
