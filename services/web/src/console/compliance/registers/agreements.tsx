import type { AcceptedAgreement } from '@candor/contracts/privacy/registers'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { DialogTrigger } from 'react-aria-components'
import { api } from '../../../api/api.ts'
import { Async } from '../../../ui/async.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Section } from '../../../ui/page.tsx'
import { Row, Rows } from '../../../ui/rows.tsx'
import { saveFile } from '../../../ui/save-file.ts'
import { Time } from '../../../ui/time.tsx'
import { toast, toastProblem } from '../../../ui/toast.tsx'
import { useAccount } from '../../account.ts'
import { useNames } from '../../team/use-names.ts'
import { OfficePage } from '../office-page.tsx'
import { agreementsQuery, officeKey } from '../queries.ts'
import { agreementNames } from '../words.ts'

type AgreementId = AcceptedAgreement['agreement']

/** The contracts about processing: each to read, to enter and to keep. */
export function Agreements() {
  const query = useQuery(agreementsQuery)
  return (
    <OfficePage
      title="Agreements"
      intro="Between you and Candor. What the notice asks for was entered with your account."
    >
      <Async query={query} lines={4}>
        {(accepted) => (
          <Section title="Agreements" flush>
            <Rows label="Agreements">
              {(Object.keys(agreementNames) as AgreementId[]).map((agreement) => (
                <AgreementRow
                  key={agreement}
                  agreement={agreement}
                  accepted={accepted.filter((one) => one.agreement === agreement)}
                />
              ))}
            </Rows>
          </Section>
        )}
      </Async>
    </OfficePage>
  )
}

function AgreementRow({ agreement, accepted }: { agreement: AgreementId; accepted: AcceptedAgreement[] }) {
  const { user } = useAccount()
  const client = useQueryClient()
  const nameOf = useNames()
  const accept = useMutation({
    mutationFn: () => api.privacy.acceptAgreement.mutate({ agreement }),
    onSuccess: ({ title }) => {
      void client.invalidateQueries(agreementsQuery)
      toast(`Entered: ${title}.`)
    },
    onError: toastProblem,
  })
  const current = accepted.find(({ isCurrent }) => isCurrent)
  return (
    <Row>
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium">{agreementNames[agreement]}</p>
        <p className="text-sm text-muted">
          {accepted.length === 0
            ? 'Not entered.'
            : accepted.map(({ version, acceptedAt, acceptedBy }) => (
                <span key={version} className="block">
                  Version {version}, entered <Time at={acceptedAt} /> by {nameOf(acceptedBy)}
                </span>
              ))}
        </p>
      </div>
      {current ? (
        <Badge tone="good">In force</Badge>
      ) : (
        accepted.length > 0 && <Badge tone="wait">New version</Badge>
      )}
      <DialogTrigger>
        <Button size="sm">Read</Button>
        <Dialog title={agreementNames[agreement]}>
          <AgreementText agreement={agreement} />
        </Dialog>
      </DialogTrigger>
      {!current && user.role === 'owner' && (
        <Button size="sm" variant="primary" isPending={accept.isPending} onPress={() => accept.mutate()}>
          Enter it
        </Button>
      )}
    </Row>
  )
}

function AgreementText({ agreement }: { agreement: AgreementId }) {
  const query = useQuery({
    queryKey: [...officeKey, 'agreement', agreement],
    queryFn: () => api.privacy.getAgreement.query({ agreement }),
    staleTime: Infinity,
  })
  return (
    <Async query={query} lines={10}>
      {({ version, title, text }) => (
        <>
          <p className="mb-3 text-sm text-muted">Version {version}</p>
          <div className="text-[0.9375rem] whitespace-pre-line">
            {text.replaceAll(/\n {3}/g, ' ').replaceAll(/(?<!\n)\n(?![\n\d-])/g, ' ')}
          </div>
          <div className="mt-6 flex justify-end">
            <Button
              variant="primary"
              onPress={() =>
                saveFile({
                  filename: `${agreement}-${version}.md`,
                  mediaType: 'text/markdown',
                  content: `# ${title}\n\nVersion ${version}\n\n${text}\n`,
                })
              }
            >
              Download
            </Button>
          </div>
        </>
      )}
    </Async>
  )
}
