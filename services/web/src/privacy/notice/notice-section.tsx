import type { PrivacyNotice } from '@candor/contracts/privacy/schemas'
import type { ReactNode } from 'react'

/** A section of the notice: its sentences, then what stands in place of its table, or the table as it is. */
export function NoticeSection({ section, children }: { section: Section; children?: ReactNode }) {
  const id = `section-${section.id}`
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="scroll-mt-6 text-xl font-semibold">
        {section.title}
      </h3>
      <div className="mt-2 flex max-w-prose flex-col gap-2 text-pretty">
        {section.paragraphs.map(({ key, text }) => (
          <p key={key} className="break-words">
            {text}
          </p>
        ))}
      </div>
      {children ?? section.tables.map((table) => <Entries key={table.key} table={table} />)}
    </section>
  )
}

/** A table as a list of cards: five columns of sentences fit no phone. */
function Entries({ table: { head, rows } }: { table: Section['tables'][number] }) {
  return (
    <ul className="card mt-4 divide-y divide-line shadow-card">
      {rows.map(({ key, cells }) => (
        <li key={key} className="px-5 py-4 sm:px-6 print:break-inside-avoid">
          <p className="font-semibold wrap-anywhere">{cells[0]}</p>
          <dl className="mt-2 grid gap-x-8 gap-y-2 sm:grid-cols-2">
            {cells.slice(1).map((cell, index) => (
              <div key={head[index + 1]} className="min-w-0">
                <dt className="text-sm text-muted">{head[index + 1]}</dt>
                <dd className="text-[0.9375rem] text-pretty wrap-anywhere">{cell}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  )
}

export type Section = PrivacyNotice['sections'][number]
