import type { Transcript } from '@candor/contracts/transcripts/schemas'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Async } from '../../ui/async.tsx'
import { DescriptionList } from '../../ui/description-list.tsx'
import { Page } from '../../ui/page.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { Time } from '../../ui/time.tsx'
import { channelNames } from '../inbox/channel-mark.tsx'
import { TranscriptActions } from './transcript-actions.tsx'
import { TranscriptEntries } from './transcript-entries.tsx'

export function TranscriptPage({ conversationId }: { conversationId: string }) {
  const query = useQuery({
    queryKey: ['transcripts', conversationId],
    queryFn: () => api.transcripts.getTranscript.query({ conversationId }),
    staleTime: 0,
  })
  const name = query.data?.contact.name ?? 'Visitor'
  return (
    <Page
      title={query.data ? `Conversation with ${name}` : 'Transcript'}
      intro={<TextLink href="/transcripts">All transcripts</TextLink>}
      actions={
        query.data && (
          <TranscriptActions conversationId={conversationId} hasAddress={query.data.contact.email !== null} />
        )
      }
    >
      <Async query={query} lines={8}>
        {(transcript) => (
          <>
            <section aria-label="About this conversation" className="card p-5 shadow-card sm:p-6">
              <DescriptionList items={facts(transcript)} />
            </section>
            <TranscriptEntries entries={transcript.entries} contactName={name} />
          </>
        )}
      </Async>
    </Page>
  )
}

function facts({
  channel,
  contact,
  startedAt,
  closedAt,
  mailedAt,
}: Transcript): Parameters<typeof DescriptionList>[0]['items'] {
  return [
    ['Contact', `${contact.name ?? 'Visitor'}${contact.email ? `, ${contact.email}` : ''}`],
    ['Channel', channelNames[channel]],
    ['Started', <Time key="started" at={startedAt} as="both" />],
    ['Closed', <Time key="closed" at={closedAt} as="both" />],
    [
      'Mailed',
      mailedAt ? (
        <Time key="mailed" at={mailedAt} as="both" />
      ) : channel !== 'chat' ? (
        'only chats are mailed by themselves'
      ) : contact.email ? (
        'not yet'
      ) : (
        'no address given'
      ),
    ],
  ]
}
