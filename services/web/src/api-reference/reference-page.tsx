import { SearchX } from 'lucide-react'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { EmptyState } from '../ui/empty-state.tsx'
import { PublicShell } from '../ui/public-shell.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { usePageTitle } from '../ui/title.ts'
import { Contents } from './contents.tsx'
import { ErrorTable, EventTable } from './fact-tables.tsx'
import { Introduction } from './introduction.tsx'
import { ProcedureCard } from './procedure-card.tsx'
import type { ApiReference, ProcedureReference } from './reference.ts'
import { countFound, searchReference } from './search.ts'

/** What every service can be asked, from the contracts themselves. */
export function ReferencePage() {
  usePageTitle('API reference')
  const [search, setSearch] = useState('')
  const sought = useDeferredValue(search)
  const found = useMemo(() => searchReference(__API_REFERENCE__, sought), [sought])
  const count = countFound(found)
  // The browser looked for the place named in the address before it was there.
  useEffect(() => document.getElementById(location.hash.slice(1))?.scrollIntoView(), [])
  return (
    <PublicShell>
      <div className="mx-auto grid w-full max-w-6xl flex-1 gap-x-12 px-4 pt-4 pb-16 sm:px-8 lg:grid-cols-[14rem_minmax(0,1fr)]">
        <Contents reference={found} />
        <div className="min-w-0">
          <h1 className="text-3xl font-semibold tracking-tight">API reference</h1>
          <Introduction />
          <div className="sticky top-0 z-10 -mx-2 bg-canvas px-2 py-3">
            <SearchField
              label="Search the reference"
              placeholder="A procedure, a field, an error, who may call"
              value={search}
              onChange={setSearch}
            />
            <p role="status" className="sr-only">
              {sought && `${count} found`}
            </p>
          </div>
          {count === 0 && (
            <EmptyState icon={SearchX} title="Nothing like that">
              Search for part of a name, such as &ldquo;message&rdquo;.
            </EmptyState>
          )}
          {found.services.map(({ name, procedures }) => (
            <Procedures key={name} id={name} title={name} service={name} procedures={procedures} />
          ))}
          {found.shared.length > 0 && (
            <Procedures
              id="every-service"
              title="Every service"
              service="<service>"
              procedures={found.shared}
            />
          )}
          {found.events.length > 0 && <EventTable events={found.events} />}
          {found.errors.length > 0 && <ErrorTable errors={found.errors} />}
        </div>
      </div>
    </PublicShell>
  )
}

function Procedures({ id, title, service, procedures }: ProceduresProps) {
  return (
    <section aria-labelledby={id} className="mt-6">
      <h2 id={id} className="mb-3 scroll-mt-24 text-2xl font-semibold first-letter:uppercase">
        {title}
      </h2>
      <ul className="flex flex-col gap-4">
        {procedures.map((procedure) => (
          <ProcedureCard key={procedure.name} service={service} procedure={procedure} />
        ))}
      </ul>
    </section>
  )
}

/** Put in by the build. */
declare const __API_REFERENCE__: ApiReference

interface ProceduresProps {
  id: string
  title: string
  service: string
  procedures: ProcedureReference[]
}
