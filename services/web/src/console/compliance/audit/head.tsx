import { trustHead } from '@candor/audit-log/open-head'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { Async } from '../../../ui/async.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { DescriptionList } from '../../../ui/description-list.tsx'
import { Section } from '../../../ui/page.tsx'
import { saveFile } from '../../../ui/save-file.ts'
import { Time } from '../../../ui/time.tsx'
import { toast, toastProblem } from '../../../ui/toast.tsx'
import { headQuery, readWholeLog } from './audit-queries.ts'

/** The signed head: whoever keeps it notices every later change of what stood in the log then. */
export function Head() {
  const query = useQuery(headQuery)
  const signed = query.data
  const check = useQuery({
    queryKey: [...headQuery.queryKey, 'check', signed?.jws],
    queryFn: () =>
      trustHead(signed!).then(
        () => true,
        () => false,
      ),
    enabled: signed !== undefined,
    staleTime: Infinity,
  })
  return (
    <Section
      title="The log as it is now"
      intro="A tree of hashes with a signed head. Keep the head: no later log can differ from this one unnoticed."
      actions={
        check.data !== undefined && (
          <Badge tone={check.data ? 'good' : 'bad'}>
            {check.data ? 'Signature checked here' : 'Signature does not fit'}
          </Badge>
        )
      }
    >
      <Async query={query} lines={4}>
        {(found) => (
          <>
            <DescriptionList
              items={[
                ['Entries', String(found.head.size)],
                [
                  'Root',
                  <span key="root" className="font-mono text-xs break-all">
                    {found.head.root}
                  </span>,
                ],
                ['Signed', <Time key="signed" at={found.head.signedAt} as="both" />],
              ]}
            />
            <div className="mt-5 flex flex-wrap gap-2">
              <Button size="sm" onPress={() => save('audit-head.json', found)}>
                Keep the head
              </Button>
              <DownloadLog />
            </div>
            <p className="mt-3 text-sm text-muted">
              Files verify without us:{' '}
              <code className="font-mono text-xs break-all">npm run verify-receipt -- audit-log.json</code>;
              with <code className="font-mono text-xs break-all">--head audit-head.json</code> a later log is
              held against the head you kept.
            </p>
          </>
        )}
      </Async>
    </Section>
  )
}

function DownloadLog() {
  const [share, setShare] = useState(0)
  const read = useMutation({
    mutationFn: () => readWholeLog(setShare),
    onSuccess: (log) => {
      save('audit-log.json', log)
      toast(`All ${log.entries.length} entries are in the file.`)
    },
    onError: toastProblem,
    onSettled: () => setShare(0),
  })
  return (
    <Button size="sm" isPending={read.isPending} onPress={() => read.mutate()}>
      <Download aria-hidden="true" /> Download the log{read.isPending && ` (${Math.round(share * 100)} %)`}
    </Button>
  )
}

function save(filename: string, content: unknown): void {
  saveFile({ filename, mediaType: 'application/json', content: JSON.stringify(content, null, 2) })
}
