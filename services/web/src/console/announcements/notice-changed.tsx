import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ScrollText } from 'lucide-react'
import { Link } from 'wouter'
import { api } from '../../api/api.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Time } from '../../ui/time.tsx'
import { toastProblem } from '../../ui/toast.tsx'
import { isAdmin, useAccount } from '../account.ts'

/** Tells everybody with an account of a changed notice, once, where the notice says that it does. */
export function NoticeChanged() {
  const { user, business } = useAccount()
  const client = useQueryClient()
  const { data: announced = [] } = useQuery(announcementsQuery)
  const newest = announced.find(({ shownAs }) => shownAs.length > 0)
  const acknowledge = useMutation({
    mutationFn: (version: number) => api.privacy.acknowledgeNotice.mutate({ version }),
    onSuccess: () => client.invalidateQueries(announcementsQuery),
    onError: toastProblem,
  })
  if (!newest) return null
  return (
    <aside
      aria-label="Changed notice"
      className="flex flex-wrap items-center justify-center gap-x-4 gap-y-1 bg-signal-soft px-4 py-1.5 text-sm print:hidden"
    >
      <span className="flex items-center gap-2">
        <ScrollText aria-hidden="true" className="size-4 shrink-0 text-signal-text" />
        <span>
          The privacy notice of {business.name} has changed: version {newest.version}, in force from{' '}
          <Time at={newest.effectiveAt} />.
        </span>
      </span>
      <span className="flex gap-2">
        {isAdmin(user) ? (
          <Link href="/compliance/notice/versions" className={buttonClass('secondary', 'sm')}>
            What changed
          </Link>
        ) : (
          <a
            href={`/privacy/${business.slug}`}
            target="_blank"
            rel="noreferrer"
            className={buttonClass('secondary', 'sm')}
          >
            Read it
          </a>
        )}
        <Button
          size="sm"
          isPending={acknowledge.isPending}
          onPress={() => acknowledge.mutate(newest.version)}
        >
          Noted
        </Button>
      </span>
    </aside>
  )
}

const announcementsQuery = {
  queryKey: ['privacy', 'announcements'],
  queryFn: () => api.privacy.listAnnouncements.query({}),
  staleTime: 300_000,
}
