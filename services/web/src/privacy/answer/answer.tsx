import type { AccessAnswer } from '@candor/contracts/privacy/schemas'
import { Time } from '../../ui/time.tsx'
import { FactList } from '../fact-list.tsx'
import { listServices, serviceNames } from '../service-names.ts'
import { countRecords, groupHoldings } from './group-holdings.ts'
import type { HeldCategory, HeldInService } from './group-holdings.ts'
import { Records } from './records.tsx'

export function Answer({ answer }: { answer: AccessAnswer }) {
  const services = groupHoldings(answer)
  const holding = services.filter((service) => countRecords(service) > 0)
  const empty = services.filter((service) => countRecords(service) === 0)
  return (
    <>
      {holding.length > 1 && (
        <nav aria-label="Parts of the service" className="flex flex-wrap gap-2 print:hidden">
          {holding.map((service) => (
            <a
              key={service.service}
              href={`#${service.service}`}
              className="rounded-full border border-line bg-surface px-3.5 py-1.5 text-sm font-medium no-underline hover:border-edge"
            >
              {serviceNames[service.service]}
              <span className="ml-2 text-muted tabular-nums">{countRecords(service)}</span>
            </a>
          ))}
        </nav>
      )}
      {holding.map((service) => (
        <ServiceSection key={service.service} held={service} />
      ))}
      {empty.length > 0 && (
        <p className="rounded-xl bg-sunken px-5 py-4 text-[0.9375rem] text-muted">
          Nothing about you is held in {listServices(empty.map(({ service }) => service))}.
        </p>
      )}
      <Disclosures disclosures={answer.disclosures} />
    </>
  )
}

function Disclosures({ disclosures }: Pick<AccessAnswer, 'disclosures'>) {
  if (disclosures.length === 0) return null
  return (
    <section aria-labelledby="disclosures" className="card px-5 py-5 shadow-card sm:px-6">
      <h2 id="disclosures" className="text-xl font-semibold">
        Handed to authorities
      </h2>
      <ul className="mt-3 flex flex-col gap-3">
        {disclosures.map(({ authority, ground, categories, disclosedAt }) => (
          <li key={`${authority} ${disclosedAt}`}>
            <b>{authority}</b> on <Time at={disclosedAt} />: {ground}. {categories.join(', ')}.
          </li>
        ))}
      </ul>
    </section>
  )
}

function ServiceSection({ held }: { held: HeldInService }) {
  return (
    <section aria-labelledby={held.service} className="card shadow-card">
      <h2 id={held.service} tabIndex={-1} className="px-5 pt-5 text-xl font-semibold outline-none sm:px-6">
        {serviceNames[held.service]}
      </h2>
      <div className="divide-y divide-line">
        {held.categories.map((category) => (
          <CategorySection key={category.category.category} held={category} />
        ))}
      </div>
    </section>
  )
}

function CategorySection({ held: { category, tables } }: { held: HeldCategory }) {
  return (
    <div className="flex flex-col gap-4 px-5 py-5 sm:px-6">
      <h3 className="text-lg font-semibold">{category.title}</h3>
      <FactList category={category} columns="sm:grid-cols-2 md:grid-cols-3" />
      {tables.map(({ table, records }) => (
        <Records key={table} table={table} records={records} />
      ))}
    </div>
  )
}
