import type { NoticeDiff } from '@candor/contracts/privacy/notice-schemas'
import { useQuery } from '@tanstack/react-query'
import { Async } from '../../ui/async.tsx'
import { slug } from '../address.ts'
import { useNotice } from '../notice-context.ts'
import { diffQuery } from '../queries.ts'

/** The sentences and rows that differ, under the title of their section. */
export function VersionDiff({ from, to }: { from: number; to: number }) {
  const diff = useQuery(diffQuery(slug, from, to))
  return (
    <div aria-live="polite">
      <Async query={diff} lines={4}>
        {({ paragraphs }) => <Changes paragraphs={paragraphs.filter(({ path }) => !isDate(path))} />}
      </Async>
    </div>
  )
}

function Changes({ paragraphs }: { paragraphs: NoticeDiff['paragraphs'] }) {
  const titles = new Map<string, string>(useNotice().sections.map(({ id, title }) => [id, title]))
  if (paragraphs.length === 0) return <p>These two versions say the same.</p>
  return (
    <ul className="card divide-y divide-line shadow-card">
      {paragraphs.map(({ path, before, after }) => (
        <li key={path} className="flex flex-col gap-2 px-5 py-4 sm:px-6">
          <p className="text-sm text-muted">{titles.get(path.split('.')[0]!)}</p>
          {before !== null && (
            <p className="text-pretty break-words">
              <span className="font-semibold">Before: </span>
              <del className="decoration-danger">{before}</del>
            </p>
          )}
          {after !== null && (
            <p className="text-pretty break-words">
              <span className="font-semibold">{before === null ? 'New: ' : 'After: '}</span>
              <ins className="decoration-good">{after}</ins>
            </p>
          )}
          {after === null && <p className="font-semibold">No longer there.</p>}
        </li>
      ))}
    </ul>
  )
}

/** Every version has dates of its own; the list above says them. */
function isDate(path: string): boolean {
  return path === 'changes.changes.revised' || path === 'changes.changes.effective'
}
