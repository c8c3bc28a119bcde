import type { ApiReference } from './reference.ts'

/** What stands on the page, beside it where there is room. */
export function Contents({ reference }: { reference: ApiReference }) {
  const { services, shared, events, errors } = reference
  return (
    <nav
      aria-label="Contents"
      className="sticky top-4 hidden max-h-[calc(100dvh-2rem)] self-start overflow-y-auto pb-6 lg:block"
    >
      {services.map(({ name, procedures }) => (
        <div key={name} className="mb-4">
          <a href={`#${name}`} className="block py-1 font-semibold first-letter:uppercase hover:underline">
            {name}
          </a>
          <ul className="border-l border-line">
            {procedures.map((procedure) => (
              <li key={procedure.name}>
                <a
                  href={`#${name}.${procedure.name}`}
                  className="-ml-px block truncate border-l border-transparent py-0.5 pl-3 text-sm text-muted hover:border-brand hover:text-ink"
                >
                  {procedure.name}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {[
        { id: 'every-service', title: 'Every service', rows: shared },
        { id: 'events', title: 'Events', rows: events },
        { id: 'errors', title: 'Errors', rows: errors },
      ]
        .filter(({ rows }) => rows.length > 0)
        .map(({ id, title }) => (
          <a key={id} href={`#${id}`} className="block py-1 font-semibold hover:underline">
            {title}
          </a>
        ))}
    </nav>
  )
}
