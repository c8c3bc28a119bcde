import type { PrivacyNotice } from '@candor/contracts/privacy/schemas'
import { Lock } from 'lucide-react'
import { FactList } from '../fact-list.tsx'
import { listServices } from '../service-names.ts'

export function CategoryCard({ category }: { category: PrivacyNotice['categories'][number] }) {
  return (
    <li className="card p-5 shadow-card sm:p-6 print:break-inside-avoid">
      <h5 className="text-lg font-semibold">{category.title}</h5>
      <p className="mt-0.5 mb-4 text-sm text-muted">Held in {listServices(category.services)}</p>
      <FactList category={category} columns="sm:grid-cols-2" />
      {category.keptBecause.map((reason) => (
        <p key={reason} className="mt-4 flex gap-2 text-sm text-pretty text-muted">
          <Lock aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          Not all of it goes with an erasure. {reason}.
        </p>
      ))}
    </li>
  )
}
