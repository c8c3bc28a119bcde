import { useQuery } from '@tanstack/react-query'
import { ErrorState } from '../../ui/error-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { slug } from '../address.ts'
import { useNotice } from '../notice-context.ts'
import { consentPromptQuery } from '../queries.ts'
import { Step } from '../step.tsx'
import { CookieList } from './cookie-list.tsx'
import { SignalFacts } from './signal-facts.tsx'

/** Everything that may be stored on a visitor's device, as the business's register declares it, and what signals do. */
export function CookiesPage() {
  const { business } = useNotice()
  const prompt = useQuery(consentPromptQuery(slug))
  return (
    <Step
      title="Cookies and other storage"
      intro={`What the chat of ${business.name} and these pages may store in your browser. Nothing but the essential is stored before you agree to it, and it goes when you withdraw.`}
    >
      {prompt.data ? (
        <>
          <CookieList cookies={prompt.data.cookies} />
          <SignalFacts prompt={prompt.data} />
        </>
      ) : prompt.error ? (
        <ErrorState error={prompt.error} onRetry={() => void prompt.refetch()} />
      ) : (
        <Skeleton />
      )}
    </Step>
  )
}
