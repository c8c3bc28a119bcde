import { Badge } from '../../../ui/badge.tsx'
import { settingName, valueText } from './setting-words.ts'

/** What differs between two versions, setting by setting. */
export function ChangeList({ changes }: { changes: readonly Change[] }) {
  if (changes.length === 0) return <p className="text-muted">Nothing differs.</p>
  return (
    <ul aria-label="Changes" className="flex flex-col divide-y divide-line">
      {changes.map(({ path, before, after, significant }) => (
        <li key={path} className="py-3">
          <p className="flex flex-wrap items-center gap-2 font-medium">
            {settingName(path)}
            {significant && <Badge tone="wait">significant</Badge>}
          </p>
          <p className="mt-0.5 text-[0.9375rem] break-words">
            <span className="sr-only">before: </span>
            <del className="text-muted">{valueText(before)}</del>
            <span aria-hidden="true"> → </span>
            <span className="sr-only">, now: </span>
            <ins className="no-underline">{valueText(after)}</ins>
          </p>
        </li>
      ))}
    </ul>
  )
}

interface Change {
  path: string
  before?: unknown
  after?: unknown
  significant: boolean
}
