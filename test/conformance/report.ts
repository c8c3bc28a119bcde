import { clauseText } from '@candor/policy/clause-text'
import { clauses } from '@candor/policy/clauses'
import { packs } from '@candor/policy/packs'
import type { ClauseId } from '@candor/policy/packs'
import type { Outcome } from './play.ts'

/** The outcomes as a page of Markdown: a table a pack, each promise in the words of its notice. */
export function conformancePage(outcomes: readonly Outcome[]): string {
  const byPack = Map.groupBy(outcomes, ({ clause }) => clauses[clause as ClauseId].pack)
  const rows = [...byPack].flatMap(([pack, own]) => [
    `## ${pack}: ${summary(own)}`,
    '',
    '| Clause | Promise | | Evidence |',
    '| --- | --- | --- | --- |',
    ...own.map(({ clause, state, evidence }) =>
      [clause, promiseOf(clause as ClauseId), marks[state], evidence]
        .map(cell)
        .join(' | ')
        .replace(/^.*$/, '| $& |'),
    ),
    '',
  ])
  return [
    '# Conformance',
    '',
    'Written by `npm run conformance -- --markdown docs/conformance.md`. Each promise of the five notices is shown on a running',
    'platform by a probe, never by its own text; what no probe shows is unproven.',
    '',
    `**${summary(outcomes)}**`,
    '',
    ...rows,
  ].join('\n')
}

/** `15 kept, 2 broken, 64 unproven` */
export function summary(outcomes: readonly Outcome[]): string {
  const count = (state: Outcome['state']) => outcomes.filter((outcome) => outcome.state === state).length
  return `${count('kept')} kept, ${count('broken')} broken, ${count('unproven')} unproven`
}

function promiseOf(id: ClauseId): string {
  const clause = clauses[id]
  return clauseText(clause, packs[clause.pack].policy)
}

const marks = { kept: 'kept', broken: '**broken**', unproven: 'unproven' }

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
