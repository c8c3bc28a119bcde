import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { reasonOf } from '../../ui/problem.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { privacy } from '../api.ts'
import { useNotice } from '../notice-context.ts'
import { Step } from '../step.tsx'

/**
 * Where the links of news and offers lead. The click in the letter was the decision: it is carried out as the page opens,
 * and the token leaves the address.
 */
export function NewsPage() {
  const { business } = useNotice()
  const [link] = useState(readLink)
  const answer = useMutation({
    mutationFn: async ({ token, isConfirmation }: Link) =>
      isConfirmation
        ? (await privacy.confirmOffers.mutate({ token })).confirmed
          ? said.confirmed
          : said.withdrawn
        : said[(await privacy.stopNews.mutate({ token })).stopped],
  })
  const { mutate } = answer
  useEffect(() => {
    history.replaceState(null, '', location.pathname)
    if (link && !link.isConfirmation) mutate(link)
  }, [link, mutate])

  if (!link || reasonOf(answer.error) === 'bad-credentials')
    return <Step title="This link is not complete">Please follow the link in the letter itself.</Step>
  if (answer.data) return <Step title={answer.data.title}>{answer.data.text(business.name)}</Step>
  if (answer.error)
    return (
      <Step title={`News from ${business.name}`}>
        <ErrorState error={answer.error} onRetry={() => mutate(link)} />
      </Step>
    )
  return (
    <Step title={`News from ${business.name}`}>
      {link.isConfirmation ? (
        <div>
          <Button isPending={answer.isPending} onPress={() => mutate(link)}>
            Yes, send me offers
          </Button>
        </div>
      ) : (
        <Skeleton />
      )}
    </Step>
  )
}

const said = {
  'service-news': {
    title: 'No more news',
    text: (business: string) => `News about the service of ${business} no longer goes to this address.`,
  },
  offers: {
    title: 'No more offers',
    text: (business: string) => `Offers from ${business} no longer go to this address, from this moment on.`,
  },
  confirmed: {
    title: 'You will get offers',
    text: (business: string) =>
      `${business} may send you offers. Each letter has a link that ends it at once.`,
  },
  withdrawn: {
    title: 'Nothing is sent',
    text: () => 'The wish for offers at this address was withdrawn before, so nothing is sent.',
  },
}

function readLink(): Link | null {
  const parameters = new URLSearchParams(location.hash.slice(1))
  const token = parameters.get('token')
  return token ? { token, isConfirmation: parameters.get('for') === 'confirm' } : null
}

interface Link {
  token: string
  isConfirmation: boolean
}
