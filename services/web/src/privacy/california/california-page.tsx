import { useQuery } from '@tanstack/react-query'
import { privacy } from '../api.ts'
import { NoSuchPage } from '../no-such-page.tsx'
import { RightsList } from '../notice/rights-list.tsx'
import { useNotice } from '../notice-context.ts'
import { Step } from '../step.tsx'

/** What Californian law asks to be told, and the rights it gives, where the business's notice offers them. */
export function CaliforniaPage() {
  const { business, categories, rights } = useNotice()
  const own = rights.filter(({ kind }) => kind.startsWith('ccpa-'))
  const agreement = useQuery({
    queryKey: ['agreement', 'ccpa'],
    queryFn: () => privacy.getAgreement.query({ agreement: 'ccpa' }),
    enabled: own.length > 0,
    staleTime: Infinity,
  })
  if (own.length === 0) return <NoSuchPage />
  return (
    <Step
      title="Privacy in California"
      intro={
        <p>
          If you live in California, the CCPA gives you the rights below at {business.name}. Personal
          information is neither sold nor shared for advertising, and nobody is treated worse for asking.
        </p>
      }
    >
      <section aria-labelledby="california-rights">
        <h2 id="california-rights" className="text-xl font-semibold">
          Your rights
        </h2>
        <RightsList rights={own} />
      </section>
      <section aria-labelledby="california-collected" className="flex flex-col gap-3">
        <h2 id="california-collected" className="text-xl font-semibold">
          What is collected, from where and what for
        </h2>
        <dl className="card divide-y divide-line shadow-card">
          {categories.map(({ category, title, source, purposes, retention }) => (
            <div key={category} className="px-5 py-4 sm:px-6">
              <dt className="font-semibold">{title}</dt>
              <dd className="text-pretty text-muted">
                {source}. {purposes.join(', ')}. {retention}.
              </dd>
            </div>
          ))}
        </dl>
      </section>
      {agreement.data && (
        <p className="text-sm text-muted">
          {business.name} and Candor are bound by “{agreement.data.title}”, version {agreement.data.version}.
        </p>
      )}
    </Step>
  )
}
