import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Time } from '../../ui/time.tsx'
import { tableName } from '../table-names.ts'
import { countRepeated, describeRecord, findLines } from './describe-record.ts'
import type { Field, Line } from './describe-record.ts'
import type { HeldCategory } from './group-holdings.ts'

/** The records of one table; of many the first few, on paper all. */
export function Records({ table, records }: HeldCategory['tables'][number]) {
  const [isWhole, setWhole] = useState(false)
  const items = viewsOf(records)
  return (
    <div className="overflow-hidden rounded-xl border border-line">
      <h4 className="flex justify-between gap-4 border-b border-line bg-sunken px-4 py-2 text-sm">
        <span className="min-w-0 font-medium">{tableName(table)}</span>
        <span className="shrink-0 text-muted tabular-nums">
          {records.length === 1 ? '1 record' : `${records.length} records`}
        </span>
      </h4>
      <ul className="divide-y divide-line">
        {items.map((item, index) => (
          <li key={index} className={!isWhole && index >= shownFirst ? 'hidden print:block' : ''}>
            {item}
          </li>
        ))}
      </ul>
      {!isWhole && items.length > shownFirst && (
        <p className="border-t border-line px-2 py-1.5 print:hidden">
          <Button size="sm" variant="quiet" onPress={() => setWhole(true)}>
            Show all {items.length}
          </Button>
        </p>
      )}
    </div>
  )
}

function viewsOf(records: HeldCategory['tables'][number]['records']) {
  const lines = findLines(records)
  return lines
    ? lines.map((line) => <ConversationLine line={line} />)
    : countRepeated(records).map(({ record, times }) => (
        <FieldList fields={describeRecord(record)} times={times} />
      ))
}

function ConversationLine({ line: { author, at, text } }: { line: Line }) {
  return (
    <div className="grid gap-x-5 px-4 py-2.5 sm:grid-cols-[11rem_1fr]">
      <p className="flex flex-wrap gap-x-2 text-sm text-muted sm:block">
        <span className="block font-medium text-ink">{author}</span> <Time at={at} as="both" />
      </p>
      <p className="min-w-0 text-[0.9375rem] break-words whitespace-pre-wrap">{text}</p>
    </div>
  )
}

function FieldList({ fields, times }: { fields: Field[]; times: number }) {
  return (
    <div className="px-4 py-3">
      <dl className="grid gap-x-6 gap-y-2.5 xs:grid-cols-2 md:grid-cols-3">
        {fields.map(({ label, kind, text }) => (
          <div key={label} className={`min-w-0 ${text.length > 90 ? 'col-span-full' : ''}`}>
            <dt className="text-sm text-muted">{label}</dt>
            <dd className={fieldClasses[kind]}>{kind === 'time' ? <Time at={text} as="both" /> : text}</dd>
          </div>
        ))}
      </dl>
      {times > 1 && <p className="mt-1.5 text-sm text-muted">{times} such records</p>}
    </div>
  )
}

const shownFirst = 6
const fieldClasses = {
  text: 'text-[0.9375rem] break-words whitespace-pre-wrap',
  time: 'text-[0.9375rem]',
  code: 'pt-0.5 font-mono text-xs break-all text-muted',
}
