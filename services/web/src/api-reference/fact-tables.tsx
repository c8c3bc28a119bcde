import type { ReactNode } from 'react'
import type { ApiReference } from './reference.ts'

export function EventTable({ events }: Pick<ApiReference, 'events'>) {
  return (
    <Table
      id="events"
      title="Events"
      intro="Facts that services announce to each other over JetStream. They carry ids, never content."
    >
      {events.map(({ subject, listeners, summary }) => (
        <Row key={subject} name={subject} aside={`for ${listeners.join(', ')}`}>
          {summary}
        </Row>
      ))}
    </Table>
  )
}

export function ErrorTable({ errors }: Pick<ApiReference, 'errors'>) {
  return (
    <Table
      id="errors"
      title="Errors"
      intro="What stands in error.data.reason. The table is closed; bad-input names each refused field, too-many says when to try again."
    >
      {errors.map(({ reason, code, retryable }) => (
        <Row key={reason} name={reason} aside={code}>
          {retryable ? 'May pass by itself: try again.' : 'Trying again changes nothing.'}
        </Row>
      ))}
    </Table>
  )
}

function Table({ id, title, intro, children }: TableProps) {
  return (
    <section aria-labelledby={id} className="mt-8">
      <h2 id={id} className="scroll-mt-24 text-2xl font-semibold">
        {title}
      </h2>
      <p className="mt-1 mb-3 max-w-[70ch] text-pretty text-muted">{intro}</p>
      <dl className="card divide-y divide-line shadow-card">{children}</dl>
    </section>
  )
}

function Row({ name, aside, children }: { name: string; aside: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 gap-y-0.5 px-5 py-3 sm:grid-cols-[18rem_minmax(0,1fr)] sm:px-6">
      <dt className="min-w-0">
        <span className="block font-mono text-sm break-words">{name}</span>
        <span className="block text-sm text-muted">{aside}</span>
      </dt>
      <dd className="text-[0.9375rem] text-pretty">{children}</dd>
    </div>
  )
}

interface TableProps {
  id: string
  title: string
  intro: string
  children: ReactNode
}
