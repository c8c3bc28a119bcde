import { clauseText } from '@candor/policy/clause-text'
import { clauses } from '@candor/policy/clauses'
import { packs } from '@candor/policy/packs'
import type { ClauseId } from '@candor/policy/packs'
import type { Outcome } from './play.ts'
import { sabotages } from './sabotage/sabotages.ts'

export const states = ['kept', 'broken', 'unproven'] as const
export type State = Outcome['state']

/** The outcomes as a page of Markdown: a table a pack, each promise in the words of its notice. */
export function conformancePage(outcomes: readonly Outcome[]): string {
  const rows = byPack(outcomes).flatMap(([pack, own]) => [
    `## ${pack}: ${summary(own)}`,
    '',
    '| Clause | Promise | | Evidence |',
    '| --- | --- | --- | --- |',
    ...own.map(({ clause, state, evidence }) =>
      row([clause, promiseOf(clause as ClauseId), marks[state], evidence]),
    ),
    '',
  ])
  return [
    '# Conformance',
    '',
    'Written by `npm run conformance -- --write`. Each promise of the five notices is shown on a running',
    'platform by a probe, never by its own text; what no probe shows is unproven, with the reason.',
    '',
    `**${summary(outcomes)}**`,
    '',
    ...rows,
    '## Able to fail',
    '',
    '`npm run conformance -- --sabotage` switches off one enforcement after the other, each on a platform of its own, and',
    'fails unless exactly the promises named here are seen broken.',
    '',
    '| Enforcement | How it is switched off | Broken without it |',
    '| --- | --- | --- |',
    ...sabotages.map(({ name, means, breaks }) => row([name, means, breaks.join(', ')])),
    '',
  ].join('\n')
}

/** For the README: counts of each pack, and every promise that is not kept with the reason. */
export function conformanceSummary(outcomes: readonly Outcome[]): string {
  const counts = (of: readonly Outcome[]) => states.map((state) => String(countOf(of, state)))
  const others = outcomes.filter(({ state }) => state !== 'kept')
  return [
    `| Pack | ${states.join(' | ')} |`,
    '| --- | --- | --- | --- |',
    ...byPack(outcomes).map(([pack, own]) => row([pack, ...counts(own)])),
    row(['all', ...counts(outcomes)]),
    '',
    '| Not kept | | Why |',
    '| --- | --- | --- |',
    ...others.map(({ clause, state, evidence }) => row([clause, marks[state], evidence])),
    '',
  ].join('\n')
}

/** A text with what stands between its markers replaced. */
export function betweenMarkers(text: string, inner: string): string {
  const [start, end] = [text.indexOf(markers.start), text.indexOf(markers.end)]
  if (start < 0 || end < start) throw new Error('the markers of the conformance table are missing')
  return `${text.slice(0, start + markers.start.length)}\n${inner}${text.slice(end)}`
}

/** What a page of Markdown says of each promise: the outcomes it was written from, but for the time they took. */
export function readConformancePage(page: string): Outcome[] {
  return [
    ...page.matchAll(/^\| ([a-z]+-\d\d-[a-z0-9-]+) \| .* \| \**(kept|broken|unproven)\** \| (.*) \|$/gm),
  ].map(([, clause, state, evidence]) => ({
    clause: clause!,
    state: state as State,
    evidence: evidence!.replaceAll('\\|', '|'),
    tookMs: 0,
  }))
}

/** `15 kept, 2 broken, 64 unproven` */
export function summary(outcomes: readonly Outcome[]): string {
  return states.map((state) => `${countOf(outcomes, state)} ${state}`).join(', ')
}

export function countOf(outcomes: readonly Outcome[], state: State): number {
  return outcomes.filter((outcome) => outcome.state === state).length
}

export function promiseOf(id: ClauseId): string {
  const clause = clauses[id]
  return clauseText(clause, packs[clause.pack].policy)
}

function byPack(outcomes: readonly Outcome[]) {
  return [...Map.groupBy(outcomes, ({ clause }) => clauses[clause as ClauseId].pack)]
}

const marks = { kept: 'kept', broken: '**broken**', unproven: 'unproven' }
const markers = { start: '<!-- conformance -->', end: '<!-- end of conformance -->' }

function row(cells: readonly string[]): string {
  return `| ${cells.map((text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
}
