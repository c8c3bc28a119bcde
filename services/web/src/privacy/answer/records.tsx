import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Time } from '../../ui/time.tsx'
import { describeRecord, findLines, labelOf } from './describe-record.ts'
import type { Field, Line } from './describe-record.ts'
import type { HeldCategory } from './group-holdings.ts'

/** The records of one table; of many the first few, on paper all. */
export function Records({ table, records }: HeldCategory['tables'][number]) {
  const [isWhole, setWhole] = useState(false)
  const lines = findLines(records)
  const hidden = (index: number) => (!isWhole && index >= shownFirst ? 'hidden print:grid' : 'grid')
  return (
    <section aria-label={labelOf(table)} className="rounded-xl border border-line">
      <h4 className="flex justify-between gap-4 border-b border-line px-4 py-2 text-sm text-muted">
        <span className="font-medium text-ink">{labelOf(table)}</span>
        {records.length === 1 ? '1 record' : `${records.length} records`}
      </h4>
      <ul className="divide-y divide-line">
        {lines
          ? lines.map((line, index) => (
              <li key={index} className={`gap-x-5 px-4 py-2.5 sm:grid-cols-[9.5rem_1fr] ${hidden(index)}`}>
                <ConversationLine line={line} />
              </li>
            ))
          : records.map((record, index) => (
              <li key={index} className={`gap-x-6 gap-y-2 px-4 py-3 xs:grid-cols-2 ${hidden(index)}`}>
                {describeRecord(record).map((field) => (
                  <FieldView key={field.label} field={field} />
                ))}
              </li>
            ))}
      </ul>
      {!isWhole && records.length > shownFirst && (
        <p className="border-t border-line px-2 py-1.5 print:hidden">
          <Button size="sm" variant="quiet" onPress={() => setWhole(true)}>
            Show all {records.length}
          </Button>
        </p>
      )}
    </section>
  )
}

function ConversationLine({ line: { author, at, text } }: { line: Line }) {
  return (
    <>
      <p className="text-sm text-muted">
        <span className="font-medium text-ink">{authors[author] ?? labelOf(author)}</span>{' '}
        <Time at={at} as="both" />
      </p>
      <p className="min-w-0 text-[0.9375rem] break-words whitespace-pre-wrap">{text}</p>
    </>
  )
}

function FieldView({ field: { label, kind, text } }: { field: Field }) {
  return (
    <div className="min-w-0">
      <span className="block text-sm text-muted">{label}</span>
      {kind === 'time' && (
        <span className="text-[0.9375rem]">
          <Time at={text} as="both" />
        </span>
      )}
      {kind === 'text' && <span className="text-[0.9375rem] break-words">{text}</span>}
      {kind === 'code' && <span className="block font-mono text-xs break-all text-muted">{text}</span>}
    </div>
  )
}

const shownFirst = 6
const authors: Record<string, string> = { visitor: 'You', staff: 'Staff' }
