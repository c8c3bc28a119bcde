import { Eraser, Lock } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useNotice } from '../notice-context.ts'

/** What an erasure takes, what it leaves and why, said before it starts; of what is held where that is known. */
export function Consequences({ held }: { held?: ReadonlySet<string> }) {
  const categories = useNotice().categories.filter(({ category }) => held?.has(category) ?? true)
  const going = categories.filter(({ keptBecause }) => keptBecause.length === 0)
  const staying = categories.filter(({ keptBecause }) => keptBecause.length > 0)
  return (
    <div className="flex flex-col gap-5 text-[0.9375rem] text-ink">
      {going.length > 0 && (
        <List title="What goes" icon={Eraser}>
          {going.map(({ category, title }) => (
            <li key={category}>{title}</li>
          ))}
        </List>
      )}
      <List title={held ? 'What stays' : 'What stays, as far as there is any'} icon={Lock}>
        {staying.map(({ category, title, keptBecause }) => (
          <Staying key={category} title={title} reasons={keptBecause} />
        ))}
        <Staying title="Traces of the erasure itself" reasons={[tracesReason]} />
      </List>
      <p className="rounded-xl bg-danger-soft px-4 py-3 text-pretty">
        <strong className="font-semibold">It cannot be undone.</strong> Nobody, neither you nor the business
        nor Candor, can bring it back. Running conversations end.
      </p>
    </div>
  )
}

function Staying({ title, reasons }: { title: string; reasons: readonly string[] }) {
  return (
    <li>
      {title}
      {reasons.map((reason) => (
        <span key={reason} className="block text-sm text-pretty text-muted">
          {reason}.
        </span>
      ))}
    </li>
  )
}

/** Of no category, for they lead to nobody; but they stay, as the receipt will say. */
const tracesReason =
  'How many records were erased and, for good, hashes of random ids: by them late messages and restored backups are kept from bringing you back'

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
