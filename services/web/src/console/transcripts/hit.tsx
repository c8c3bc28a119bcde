import type { SearchHit } from '@candor/contracts/transcripts/schemas'
import { Link } from 'wouter'
import { Avatar } from '../../ui/avatar.tsx'
import { Time } from '../../ui/time.tsx'
import { ChannelMark } from '../inbox/channel-mark.tsx'
import { Highlighted } from './highlighted.tsx'

export function Hit({ hit }: { hit: SearchHit }) {
  return (
    <li>
      <Link
        href={`/transcripts/${hit.conversationId}`}
        className="flex gap-4 px-5 py-4 -outline-offset-2 transition-colors hover:bg-sunken"
      >
        <Avatar name={hit.contactName} id={hit.conversationId} />
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-baseline justify-between gap-x-4">
            <span className="font-medium">{hit.contactName ?? 'Visitor'}</span>
            <span className="flex items-baseline gap-3 text-sm text-muted">
              {hit.channel !== 'chat' && <ChannelMark channel={hit.channel} />}
              <Time at={hit.closedAt} as="both" />
            </span>
          </span>
          <span className="mt-0.5 line-clamp-2 text-[0.9375rem] break-words text-muted">
            <Highlighted snippet={hit.snippet} />
          </span>
        </span>
      </Link>
    </li>
  )
}
