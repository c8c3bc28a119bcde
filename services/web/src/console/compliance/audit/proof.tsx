import { checkProof } from '@candor/audit-log/check-proof'
import type { AuditHead, AuditProof } from '@candor/contracts/privacy/audit'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { Async } from '../../../ui/async.tsx'
import { Button } from '../../../ui/button.tsx'
import { DescriptionList } from '../../../ui/description-list.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { saveFile } from '../../../ui/save-file.ts'
import { Time } from '../../../ui/time.tsx'
import { officeKey } from '../queries.ts'

/** Fetches the proof of an entry and checks it here, in the browser: the service is not asked whether it is right. */
export function Proof({ position }: { position: number }) {
  const query = useQuery({
    queryKey: [...officeKey, 'audit', 'proof', position],
    queryFn: async () => {
      const proof = await api.privacy.getAuditProof.query({ position })
      return { proof, checked: await check(proof) }
    },
    gcTime: 0,
    staleTime: Infinity,
  })
  return (
    <Async query={query} lines={5}>
      {({ proof, checked }) => (
        <div className="flex flex-col gap-5">
          {'head' in checked ? (
            <Notice tone="good" title="It stands in the log">
              Checked in this browser: the entry as shown leads by {hashes(proof.path.length)} to the root of
              the log of {checked.head.size} entries, and that root is signed.
            </Notice>
          ) : (
            <Notice tone="error" title="The proof does not hold">
              {checked.problem}
            </Notice>
          )}
          <DescriptionList
            items={[
              [
                'Root',
                <span key="root" className="font-mono text-xs break-all">
                  {proof.signed.head.root}
                </span>,
              ],
              ['Signed', <Time key="signed" at={proof.signed.head.signedAt} as="both" />],
              [
                'Key',
                <span key="key" className="font-mono text-xs break-all">
                  {proof.signed.publicKey.kid}
                </span>,
              ],
            ]}
          />
          <div className="flex justify-end">
            <Button
              onPress={() =>
                saveFile({
                  filename: `audit-proof-${position}.json`,
                  mediaType: 'application/json',
                  content: JSON.stringify(proof, null, 2),
                })
              }
            >
              Download the proof
            </Button>
          </div>
        </div>
      )}
    </Async>
  )
}

async function check(proof: AuditProof): Promise<{ head: AuditHead } | { problem: string }> {
  try {
    return { head: await checkProof(proof) }
  } catch (problem) {
    const words = problem instanceof Error ? problem.message : String(problem)
    return { problem: `${words.charAt(0).toUpperCase()}${words.slice(1)}.` }
  }
}

function hashes(count: number): string {
  return count === 1 ? '1 hash' : `${count} hashes`
}
