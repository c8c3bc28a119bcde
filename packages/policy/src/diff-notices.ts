import type { Notice, NoticeChanges, TextChange } from '@candor/contracts/policy/notice'
import { diffPolicies } from './diff-policies.ts'

/** What stands otherwise in a later version of a notice, and in the settings that it speaks of. */
export function diffNotices(before: Notice, after: Notice): NoticeChanges {
  const settings = diffPolicies(before.settings, after.settings)
  const paragraphs = diffTexts(textsOf(before), textsOf(after))
  return {
    settings,
    paragraphs,
    isSignificant: [...settings, ...paragraphs].some(({ significant }) => significant),
  }
}

function diffTexts(before: Map<string, Told>, after: Map<string, Told>): TextChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((path) => {
    const [one, other] = [before.get(path), after.get(path)]
    if (one?.text === other?.text) return []
    const isTakenBack = one !== undefined && one.isPromise && other === undefined
    return [{ path, before: one?.text ?? null, after: other?.text ?? null, significant: isTakenBack }]
  })
}

function textsOf({ sections }: Notice): Map<string, Told> {
  return new Map(
    sections.flatMap(({ id, paragraphs, tables }) => [
      ...paragraphs.map(({ key, text, clause }) => told(`${id}.${key}`, text, clause !== null)),
      ...tables.flatMap((table) =>
        table.rows.map(({ key, cells }) => told(`${id}.${table.key}.${key}`, cells.join(' | '), false)),
      ),
    ]),
  )
}

function told(path: string, text: string, isPromise: boolean): [string, Told] {
  return [path, { text, isPromise }]
}

interface Told {
  text: string
  isPromise: boolean
}
