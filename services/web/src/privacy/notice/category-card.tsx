import type { PrivacyNotice } from '@candor/contracts/privacy/schemas'
import { FactList } from '../fact-list.tsx'
import { listServices } from '../service-names.ts'

export function CategoryCard({ category }: { category: PrivacyNotice['categories'][number] }) {
  return (
    <li className="card p-5 shadow-card sm:p-6 print:break-inside-avoid">
      <h4 className="text-lg font-semibold">{category.title}</h4>
      <p className="mt-0.5 mb-4 text-sm text-muted">Held in {listServices(category.services)}</p>
      <FactList category={category} columns="sm:grid-cols-2" />
    </li>
  )
}
