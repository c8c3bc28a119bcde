import type { ErasureReceipt } from '@candor/contracts/privacy/schemas'
import { BadgeCheck } from 'lucide-react'
import { Time } from '../../ui/time.tsx'
import { serviceNames } from '../service-names.ts'
import { tableName } from '../table-names.ts'
import { countIn, groupKept } from './group-kept.ts'

/** What an erasure did: in each service in counts, what stays, why, and until when. */
export function ReceiptView({ receipt }: { receipt: ErasureReceipt }) {
  const { services, business, requestId, completedAt } = receipt
  const rows = services.flatMap(({ erased }) => erased).reduce((sum, table) => sum + table.rows, 0)
  const columns = services.reduce((sum, { columnsSearched }) => sum + columnsSearched, 0)
  return (
    <article aria-label="Receipt" className="card overflow-hidden shadow-card">
      <header className="border-b border-line bg-good-soft px-5 py-5 sm:px-6">
        <p className="flex items-center gap-2.5 font-semibold text-good-text">
          <BadgeCheck aria-hidden="true" className="size-5 shrink-0" />
          Erasure receipt, {business.name}
        </p>
        <p className="mt-2 text-2xl font-semibold text-balance">
          {rows === 0 ? 'Nothing was held.' : `${rows} ${rows === 1 ? 'record' : 'records'} erased.`} Nothing
          was left over.
        </p>
        <p className="mt-1.5 text-[0.9375rem]">
          <Time at={completedAt} as="both" />. Afterwards {columns} columns of {services.length} databases
          were searched for the person.
        </p>
      </header>
      <div className="flex flex-col gap-7 px-5 py-5 sm:px-6 sm:py-6">
        <section>
          <h2 className="text-lg font-semibold">What was erased</h2>
          <dl className="mt-2 divide-y divide-line">
            {services.map(({ service, erased }) => (
              <div key={service} className="grid gap-x-6 gap-y-0.5 py-2.5 sm:grid-cols-[12rem_1fr]">
                <dt className="font-medium">{serviceNames[service]}</dt>
                {erased.length === 0 && <dd className="text-muted">Nothing was held</dd>}
                {erased.map(({ table, action, rows: count }) => (
                  <dd key={`${table} ${action}`} className="flex justify-between gap-4 sm:col-start-2">
                    <span className="min-w-0 break-words">{tableName(table)}</span>
                    <span className="shrink-0 text-muted tabular-nums">
                      {count} {action}
                    </span>
                  </dd>
                ))}
              </div>
            ))}
          </dl>
        </section>
        <section>
          <h2 className="text-lg font-semibold">What stays, and why</h2>
          <ul className="mt-2 divide-y divide-line">
            {groupKept(receipt).map(({ reason, until, rows: count, services: keeping }) => (
              <li key={`${reason} ${until}`} className="py-2.5">
                <p className="text-pretty">{reason}.</p>
                <p className="text-[0.9375rem] text-muted">
                  {countIn(count, keeping)},{' '}
                  {until ? (
                    <>
                      until <Time at={until} />
                    </>
                  ) : (
                    'without a set end'
                  )}
                </p>
              </li>
            ))}
          </ul>
        </section>
        <p className="text-sm text-muted">
          Request <span className="font-mono text-xs break-all">{requestId}</span>. The receipt holds no name
          and no address; you can show it to anyone.
        </p>
      </div>
    </article>
  )
}
