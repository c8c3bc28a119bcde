import type { Consent } from '@candor/contracts/privacy/consent-schemas'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Async } from '../../ui/async.tsx'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Time } from '../../ui/time.tsx'
import { privacy } from '../api.ts'
import { useNotice } from '../notice-context.ts'
import { consentQuery } from '../queries.ts'
import { Step } from '../step.tsx'
import { choiceNames } from './choice-names.ts'

/** What somebody agreed to under each id that leads to the proven address, each purpose taken back by itself. */
export function ChoicesPage() {
  const { business } = useNotice()
  const query = useQuery(consentQuery)
  return (
    <Step
      title="Your choices"
      width="max-w-2xl"
      intro={<p>What you agreed to at {business.name}, in any browser that leads to your address.</p>}
    >
      <Async query={query} lines={4}>
        {(consent) => (
          <>
            <Given consent={consent} />
            <History consent={consent} />
          </>
        )}
      </Async>
    </Step>
  )
}

function Given({ consent: { given } }: { consent: Consent }) {
  const withdraw = useWithdraw()
  if (given.length === 0)
    return <p className="card p-5 shadow-card sm:p-6">You agree to nothing at the moment.</p>
  return (
    <section aria-labelledby="given" className="card shadow-card">
      <h2 id="given" className="px-5 pt-5 text-lg font-semibold sm:px-6">
        You agree to
      </h2>
      <ul className="divide-y divide-line">
        {given.map((purpose) => (
          <li key={purpose} className="flex flex-wrap items-center justify-between gap-4 px-5 py-4 sm:px-6">
            {choiceNames[purpose]}
            <Button
              aria-label={`Take back: ${choiceNames[purpose]}`}
              isPending={withdraw.isPending && withdraw.variables === purpose}
              onPress={() => withdraw.mutate(purpose)}
            >
              Take back
            </Button>
          </li>
        ))}
      </ul>
      {withdraw.error && (
        <div className="px-5 pb-5 sm:px-6">
          <ProblemNotice error={withdraw.error} />
        </div>
      )}
    </section>
  )
}

function History({ consent: { history } }: { consent: Consent }) {
  if (history.length === 0) return null
  return (
    <section aria-labelledby="history">
      <h2 id="history" className="text-lg font-semibold">
        What happened
      </h2>
      <ol className="mt-3 flex flex-col gap-3">
        {history.map(({ at, given, refused }) => (
          <li key={`${at} ${given.join()} ${refused.join()}`} className="text-[0.9375rem]">
            <span className="text-muted">
              <Time at={at} as="both" />
            </span>
            {given.length > 0 && <span className="block">Agreed to: {tell(given)}</span>}
            {refused.length > 0 && <span className="block">Refused or taken back: {tell(refused)}</span>}
          </li>
        ))}
      </ol>
    </section>
  )
}

function tell(purposes: Consent['given']): string {
  return purposes.map((purpose) => choiceNames[purpose]).join(', ')
}

function useWithdraw() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (purpose: Consent['given'][number]) =>
      privacy.withdrawConsent.mutate({ purposes: [purpose], source: 'privacy-centre' }),
    onSuccess: (consent) => client.setQueryData(consentQuery.queryKey, consent),
  })
}
