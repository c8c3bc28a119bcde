import type { RequestKind } from '@candor/contracts/policy/policy'
import type { MinorReport, Objection, RequestDetails } from '@candor/contracts/privacy/request-shapes'
import { Checkboxes } from '../../../ui/checkboxes.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { fieldNames, processingNames, reporterNames } from './request-words.ts'

/** What some kinds need besides the address. */
export function DetailFields({ kind }: { kind: RequestKind }) {
  if (kind === 'correction' || kind === 'ccpa-correct') {
    return (
      <>
        <Select name="field" label="What is wrong" defaultValue="name" choices={choicesOf(fieldNames)} />
        <TextField name="from" label="What is held now" />
        <TextField name="to" label="What is right" isRequired />
      </>
    )
  }
  if (kind === 'objection') {
    return (
      <>
        <Checkboxes
          name="processing"
          label="What they object to"
          choices={choicesOf(processingNames)}
          defaultValue={['marketing']}
          isRequired
        />
        <TextField name="objectionReason" label="Their situation" rows={2} />
      </>
    )
  }
  if (kind === 'minor-report') {
    return (
      <>
        <TextField name="minorEmail" label="Address of the account" type="email" isRequired />
        <Select
          name="reporter"
          label="Who says so"
          defaultValue="parent"
          choices={choicesOf(reporterNames)}
        />
      </>
    )
  }
  return null
}

export function detailsFrom(kind: RequestKind, values: Record<string, string>): RequestDetails {
  const { field, from, to = '', objectionReason = '', minorEmail, reporter } = values
  if (kind === 'correction' || kind === 'ccpa-correct')
    return { correction: { field: field as keyof typeof fieldNames, from: from || null, to } }
  if (kind === 'objection') {
    const processing = (values.processing ?? '').split(' ') as Objection['processing']
    return { objection: { processing, reason: objectionReason } }
  }
  if (kind === 'minor-report' && minorEmail)
    return { minor: { email: minorEmail.trim(), reporter: reporter as MinorReport['reporter'] } }
  return {}
}

function choicesOf<Id extends string>(names: Record<Id, string>): { id: Id; label: string }[] {
  return (Object.keys(names) as Id[]).map((id) => ({ id, label: names[id] }))
}
