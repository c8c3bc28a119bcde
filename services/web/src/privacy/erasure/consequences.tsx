import { Eraser, Lock } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { staysAfterErasure } from '../facts.ts'
import type { Category } from '../facts.ts'

/** What an erasure takes, what it leaves and why, said before it starts. */
export function Consequences({ categories }: { categories: readonly Category[] }) {
  const byTitle = [...new Map(categories.map((category) => [category.title, category])).values()]
  const staying = byTitle.filter(staysAfterErasure)
  const going = byTitle.filter((category) => !staysAfterErasure(category))
  return (
    <div className="flex flex-col gap-5 text-[0.9375rem] text-ink">
      {going.length > 0 && (
        <List title="What goes" icon={Eraser}>
          {going.map(({ title }) => (
            <li key={title}>{title}</li>
          ))}
        </List>
      )}
      {staying.length > 0 && (
        <List title="What stays, if it is about you" icon={Lock}>
          {staying.map(({ title, legalBasis, retention }) => (
            <li key={title}>
              {title}
              <span className="block text-sm text-muted">
                {legalBasis}. {retention}.
              </span>
            </li>
          ))}
        </List>
      )}
      <p className="rounded-xl bg-danger-soft px-4 py-3 text-pretty">
        <strong className="font-semibold">It cannot be undone.</strong> Nobody, neither you nor the business
        nor Candor, can bring it back. Running conversations end.
      </p>
    </div>
  )
}

function List({ title, icon: Icon, children }: { title: string; icon: LucideIcon; children: ReactNode }) {
  return (
    <section>
      <h2 className="flex items-center gap-2 font-semibold">
        <Icon aria-hidden="true" className="size-4 text-brand-text" />
        {title}
      </h2>
      <ul className="mt-1.5 flex list-disc flex-col gap-1 pl-10 marker:text-muted">{children}</ul>
    </section>
  )
}
