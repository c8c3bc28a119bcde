import type { PrivacyRouter } from '@candor/contracts/privacy'
import { createTRPCClient, httpLink } from '@trpc/client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { PublicShell } from '../../ui/public-shell.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { Time } from '../../ui/time.tsx'
import { usePageTitle } from '../../ui/title.ts'
import { recallClosure } from './closure-token.ts'
import type { ClosureToken } from './closure-token.ts'

/** How far the closing of an account is, for whoever closed it, with the receipt at the end. */
export function ClosedPage() {
  usePageTitle('Account closed')
  const [token] = useState(recallClosure)
  return (
    <PublicShell>
      <div className="mx-auto flex w-full max-w-xl flex-col gap-5 px-4 py-12">
        <h1 className="text-3xl font-semibold">The account is closed</h1>
        {token ? <Progress token={token} /> : <p>Only the tab that closed it can follow how far it is.</p>}
      </div>
    </PublicShell>
  )
}

function Progress({ token: { closureId, accessToken } }: { token: ClosureToken }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['closed', closureId],
    queryFn: () => privacyAs(accessToken).getClosure.query({ closureId }),
    refetchInterval: ({ state }) => (state.data?.state === 'closed' ? false : 1_000),
  })
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <p>One moment.</p>
  const erased = data.services.filter(({ isErased }) => isErased).length
  const { receipt: signed } = data
  return (
    <>
      <p role="status">
        {data.endedAt ? (
          <>
            Everything that goes was gone on <Time at={data.endedAt} as="both" />.
          </>
        ) : (
          `It is being erased: ${erased} of ${data.services.length} parts of the service are done. It goes on when you leave.`
        )}
      </p>
      {signed && (
        <div>
          <Button
            variant="primary"
            onPress={() =>
              saveFile({
                filename: `closing-receipt-${signed.receipt.business.slug}.json`,
                mediaType: 'application/json',
                content: JSON.stringify(signed, null, 2),
              })
            }
          >
            Save the receipt
          </Button>
        </div>
      )}
    </>
  )
}

function privacyAs(accessToken: string) {
  return createTRPCClient<PrivacyRouter>({
    links: [httpLink({ url: '/trpc/privacy', headers: { authorization: `Bearer ${accessToken}` } })],
  })
}
