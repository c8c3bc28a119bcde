import { NoSuchPage } from '../no-such-page.tsx'
import { useNotice } from '../notice-context.ts'
import { Ask } from './ask.tsx'

/** The form of a kind that the notice offers. */
export function AskRoute({ kind }: { kind: string }) {
  const offered = useNotice().rights.find((right) => right.kind === kind)
  return offered ? <Ask key={offered.kind} kind={offered.kind} /> : <NoSuchPage />
}
