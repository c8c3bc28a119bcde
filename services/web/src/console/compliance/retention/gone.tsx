import type { DisposalReceipt } from '@candor/contracts/privacy/retention'
import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { Async } from '../../../ui/async.tsx'
import { Button } from '../../../ui/button.tsx'
import { Section } from '../../../ui/page.tsx'
import { saveFile } from '../../../ui/save-file.ts'
import { Time } from '../../../ui/time.tsx'
import { tableName } from '../../../privacy/table-names.ts'
import { officeKey } from '../queries.ts'
import { categoryTitle } from '../words.ts'

/** What retention disposed of, day by day, each with the signed receipt to keep. */
export function Gone() {
  const query = useInfiniteQuery({
    queryKey: [...officeKey, 'disposals'],
    queryFn: ({ pageParam }) => api.privacy.listDisposals.query({ before: pageParam, limit: pageSize }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page.length < pageSize ? undefined : page.at(-1)?.receipt.id),
  })
  return (
    <Section
      title="What has gone"
      intro="A signed receipt for each service and day, once the day is over. It names nobody, stands in the audit log, and verifies without us."
    >
      <Async query={query} lines={4}>
        {({ pages }) => {
          const files = pages.flat()
          return files.length === 0 ? (
            <p>Nothing has reached the end of its period yet.</p>
          ) : (
            <ul aria-label="Receipts" className="-mx-5 divide-y divide-line border-y border-line sm:-mx-6">
              {files.map((file) => (
                <li
                  key={file.receipt.id}
                  className="flex flex-wrap items-start justify-between gap-3 px-5 py-3.5 sm:px-6"
                >
                  <Disposed receipt={file.receipt} />
                  <Button
                    size="sm"
                    aria-label={`Receipt of ${file.receipt.service}, ${file.receipt.day}`}
                    onPress={() =>
                      saveFile({
                        filename: `disposal-${file.receipt.day}-${file.receipt.service}.json`,
                        mediaType: 'application/json',
                        content: JSON.stringify(file, undefined, 2),
                      })
                    }
                  >
                    Receipt
                  </Button>
                </li>
              ))}
            </ul>
          )
        }}
      </Async>
      {query.hasNextPage && (
        <Button
          className="mt-4"
          isPending={query.isFetchingNextPage}
          onPress={() => void query.fetchNextPage()}
        >
          Earlier ones
        </Button>
      )}
    </Section>
  )
}

function Disposed({ receipt }: { receipt: DisposalReceipt }) {
  return (
    <div className="min-w-0">
      <p className="font-medium">
        <Time at={`${receipt.day}T12:00:00.000Z`} /> <span className="text-muted">in {receipt.service}</span>
      </p>
      <ul className="mt-1 text-sm text-muted">
        {receipt.disposals.map(({ table, category, disposition, records, policyVersion }) => (
          <li key={`${table} ${category} ${disposition} ${policyVersion}`}>
            {categoryTitle(category)}: {records} {disposition === 'delete' ? 'deleted' : 'made anonymous'} (
            {tableName(table)}, version {policyVersion} of the notice)
          </li>
        ))}
      </ul>
    </div>
  )
}

const pageSize = 30
