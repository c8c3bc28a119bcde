import type { RequestKind } from '@candor/contracts/policy/policy'
import type { RequestDetails } from '@candor/contracts/privacy/request-shapes'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'

/** What a request of this kind needs beside its address. */
export function DetailFields({ kind }: { kind: RequestKind }) {
  if (kind === 'correction' || kind === 'ccpa-correct') {
    return (
      <>
        <Select label="What is wrong" name="field" choices={correctable} defaultValue="name" />
        <TextField
          name="from"
          label="What stands there now"
          description="Leave it empty where nothing does."
        />
        <TextField name="to" label="What it should be" isRequired />
      </>
    )
  }
  if (kind === 'objection') {
    return (
      <>
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1.5 text-sm font-medium">What you object to</legend>
          {stoppable.map(({ id, label }, index) => (
            <label key={id} className="flex cursor-pointer items-center gap-3">
              <input type="checkbox" name={id} defaultChecked={index === 0} className="size-5 accent-brand" />
              {label}
            </label>
          ))}
        </fieldset>
        <TextField
          name="reason"
          label="Why"
          rows={3}
          description="Your own situation; against marketing you need not give any."
        />
      </>
    )
  }
  if (kind === 'minor-report') {
    return (
      <>
        <TextField name="minor" label="Address that the minor gave" type="email" isRequired />
        <Select label="Who you are" name="reporter" choices={reporters} defaultValue="parent" />
      </>
    )
  }
  return null
}

/** The same as the service reads it. */
export function readDetails(kind: RequestKind, values: Record<string, string>): RequestDetails {
  const { field, from, to, reason, minor, reporter } = values
  if (kind === 'correction' || kind === 'ccpa-correct') {
    const { id } = correctable.find((one) => one.id === field) ?? correctable[0]
    return { correction: { field: id, from: from?.trim() || null, to: to ?? '' } }
  }
  if (kind === 'objection') {
    const processing = stoppable.filter(({ id }) => values[id] !== undefined).map(({ id }) => id)
    return { objection: { processing, reason: reason ?? '' } }
  }
  if (kind === 'minor-report') {
    const { id } = reporters.find((one) => one.id === reporter) ?? reporters[0]
    return { minor: { email: minor ?? '', reporter: id } }
  }
  return {}
}

const correctable = [
  { id: 'name', label: 'Name' },
  { id: 'email', label: 'E-mail address' },
  { id: 'phone', label: 'Telephone number' },
] as const
const stoppable = [
  { id: 'marketing', label: 'News and offers' },
  { id: 'statistics', label: 'Statistics' },
  { id: 'mail-copies', label: 'Copies of chats by mail' },
] as const
const reporters = [
  { id: 'parent', label: 'A parent or guardian' },
  { id: 'self', label: 'The minor' },
  { id: 'other', label: 'Somebody else' },
] as const
