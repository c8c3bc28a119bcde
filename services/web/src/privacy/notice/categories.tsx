import type { PrivacyNotice } from '@candor/contracts/privacy/schemas'
import { CategoryCard } from './category-card.tsx'

/** What is held, by who answers for it. */
export function Categories({ notice: { business, categories } }: { notice: PrivacyNotice }) {
  return (
    <div className="mt-6 flex flex-col gap-8">
      <Part
        id="kept-for-business"
        title={`What ${business.name} is responsible for`}
        intro={`${business.name} decides about this data. Candor, which runs the chat, holds it on its behalf and uses it for nothing else.`}
        categories={categories.filter(({ role }) => role === 'processor')}
      />
      <Part
        id="kept-by-candor"
        title="What Candor is responsible for"
        intro="Candor needs this data itself: for the accounts of businesses and their staff, for its books, and to prove that requests like yours were served."
        categories={categories.filter(({ role }) => role === 'controller')}
      />
    </div>
  )
}

function Part({ id, title, intro, categories }: PartProps) {
  if (categories.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <h4 id={id} className="text-lg font-semibold">
        {title}
      </h4>
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
