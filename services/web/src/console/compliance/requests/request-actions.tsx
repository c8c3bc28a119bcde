import type { PrivacyRequest } from '@candor/contracts/privacy/request-shapes'
import { api } from '../../../api/api.ts'
import { TextField } from '../../../ui/text-field.tsx'
import { FormDialog } from '../../form-dialog.tsx'
import { isRunning } from './request-row.tsx'
import { requestsKey } from './request-queries.ts'

/** What staff can do about a request besides deciding it. */
export function RequestActions({ request }: { request: PrivacyRequest }) {
  const { id: requestId, kind, state, inForce, extension } = request
  const isRestricted = kind === 'restriction' && state === 'completed' && inForce && !inForce.until
  return (
    <div className="flex flex-wrap gap-2">
      {state === 'awaiting-proof' && (
        <FormDialog
          label="I have checked a document"
          title="You know who this is?"
          intro="Say so only if you saw a document that shows that the person owns the address. Kept is that you checked, and when: no copy, no number."
          submitLabel="I have checked it"
          onSubmit={() => api.privacy.confirmIdentity.mutate({ requestId })}
          changes={requestsKey}
          said="Identity confirmed. The request goes on by itself."
          size="sm"
        />
      )}
      {isRunning(request) && !extension && Date.parse(request.dueAt) > Date.now() && (
        <FormDialog
          label="Extend the time limit"
          title="Extend the time limit?"
          intro="Once, by what your notice allows. The requester is told by mail, with your reason."
          submitLabel="Extend and tell them"
          onSubmit={({ reason = '' }) => api.privacy.extendRequest.mutate({ requestId, reason })}
          changes={requestsKey}
          said="Extended. The requester is told by mail."
          size="sm"
        >
          <TextField name="reason" label="Reason" rows={3} maxLength={2000} isRequired autoFocus />
        </FormDialog>
      )}
      {isRestricted && (
        <FormDialog
          label="Lift the restriction"
          title="Lift the restriction?"
          intro="The person is told now and can answer; it ends three days later (GDPR article 18(3))."
          submitLabel="Tell them and lift it"
          onSubmit={({ reason = '' }) => api.privacy.liftRestriction.mutate({ requestId, reason })}
          changes={requestsKey}
          said="The person is told. The restriction ends in three days."
          size="sm"
        >
          <TextField name="reason" label="Reason" rows={3} maxLength={2000} isRequired autoFocus />
        </FormDialog>
      )}
    </div>
  )
}
