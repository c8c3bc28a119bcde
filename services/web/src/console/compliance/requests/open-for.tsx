import type { RequestKind } from '@candor/contracts/policy/policy'
import { useQuery } from '@tanstack/react-query'
import { FilePlus } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { api } from '../../../api/api.ts'
import { kindNames } from '../../../privacy/requests/request-states.tsx'
import { Checkbox } from '../../../ui/checkboxes.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useAccount } from '../../account.ts'
import { FormDialog } from '../../form-dialog.tsx'
import { requestKinds } from '@candor/contracts/policy/request-kinds'
import { policyInForceQuery } from '../queries.ts'
import { DetailFields, detailsFrom } from './detail-fields.tsx'
import { requestsKey } from './request-queries.ts'

/** For who asked by letter, by telephone or across the counter. */
export function OpenFor() {
  const { business } = useAccount()
  const { data } = useQuery(policyInForceQuery(business.slug))
  const [, navigate] = useLocation()
  const [kind, setKind] = useState<RequestKind>('access')
  const offered = requestKinds.filter(
    (id) => !data || id in data.policy.rights || (id === 'minor-report' && data.policy.minors),
  )
  return (
    <FormDialog
      label={
        <>
          <FilePlus aria-hidden="true" /> Open for somebody
        </>
      }
      title="Open a request for somebody"
      submitLabel="Open the request"
      onSubmit={(values) =>
        api.privacy.openRequestFor.mutate({
          kind,
          email: (values.email ?? '').trim(),
          source: values.source === 'mail' ? 'mail' : 'staff',
          documentChecked: values.documentChecked === 'yes',
          ...detailsFrom(kind, values),
        })
      }
      changes={requestsKey}
      said={({ proof }) =>
        proof ? 'Opened and proven.' : 'Opened. A link to prove the address is on its way.'
      }
      onDone={({ id }) => navigate(`/compliance/requests/${id}`)}
    >
      <TextField
        name="email"
        label="Their e-mail address"
        type="email"
        isRequired
        autoComplete="off"
        autoFocus
      />
      <Select
        label="What they ask for"
        value={kind}
        onChange={setKind}
        choices={offered.map((id) => ({ id, label: kindNames[id] }))}
      />
      <Select
        name="source"
        label="How they asked"
        defaultValue="staff"
        choices={[
          { id: 'staff', label: 'In person or by telephone' },
          { id: 'mail', label: 'By letter or e-mail' },
        ]}
      />
      <DetailFields kind={kind} />
      {data?.policy.identityProof.includes('document-check') && (
        <Checkbox name="documentChecked" value="yes">
          I have seen a document that shows that the address is theirs
          <span className="block text-sm text-muted">
            No copy is kept. Without it a link to prove the address goes to it.
          </span>
        </Checkbox>
      )}
    </FormDialog>
  )
}
