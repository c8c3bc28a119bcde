import type { PrivacyNotice } from '@candor/contracts/privacy/schemas'
import { Time } from '../../ui/time.tsx'
import { useNotice } from '../notice-context.ts'
import { CategoryCard } from './category-card.tsx'
import { RightsList } from './rights-list.tsx'

/** The notice as the services declare it: by who answers for the data, then the rights of whoever it is about. */
export function Notice() {
  const { business, version, effectiveAt, categories, rights } = useNotice()
  const ofBusiness = categories.filter(({ role }) => role === 'processor')
  const ofCandor = categories.filter(({ role }) => role === 'controller')
  return (
    <article aria-labelledby="notice" className="mt-8 print:mt-0">
      <header className="mb-6 border-b border-line pb-5">
        <h2 id="notice" className="text-2xl font-semibold">
          Privacy notice
        </h2>
        <p className="mt-1 text-[0.9375rem] text-muted">
          Version {version}, in force since <Time at={effectiveAt} />. It is written from what the services
          store today.
        </p>
      </header>
      <div className="flex flex-col gap-10">
        <Part
          id="kept-for-business"
          title={`What ${business.name} is responsible for`}
          intro={`${business.name} decides about this data. Candor, which runs the chat, holds it on its behalf and uses it for nothing else.`}
          categories={ofBusiness}
        />
        <Part
          id="kept-by-candor"
          title="What Candor is responsible for"
          intro="Candor needs this data itself: for the accounts of businesses and their staff, for its books, and to prove that requests like yours were served."
          categories={ofCandor}
        />
        <RightsList rights={rights} />
      </div>
    </article>
  )
}

function Part({ id, title, intro, categories }: PartProps) {
  if (categories.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="text-xl font-semibold">
        {title}
      </h3>
      <p className="mt-1 max-w-prose text-pretty text-muted">{intro}</p>
      <ul className="mt-4 grid items-start gap-4 lg:grid-cols-2">
        {categories.map((category) => (
          <CategoryCard key={category.category} category={category} />
        ))}
      </ul>
    </section>
  )
}

interface PartProps {
  id: string
  title: string
  intro: string
  categories: PrivacyNotice['categories']
}
