import type { Channel } from '@candor/contracts/policy/categories'
import { useMutation } from '@tanstack/react-query'
import { NotebookPen } from 'lucide-react'
import { useState } from 'react'
import { DialogTrigger } from 'react-aria-components'
import { useLocation } from 'wouter'
import { api } from '../../api/api.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Form } from '../../ui/form.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { toast } from '../../ui/toast.tsx'
import { channelNames } from './channel-mark.tsx'

/** Writes a call or a message from elsewhere down, so that it stands with the conversations. */
export function RecordButton() {
  return (
    <DialogTrigger>
      <IconButton label="Record a call or message">
        <NotebookPen aria-hidden="true" />
      </IconButton>
      <Dialog title="Record a call or message">{(close) => <RecordForm onDone={close} />}</Dialog>
    </DialogTrigger>
  )
}

function RecordForm({ onDone }: { onDone: () => void }) {
  // One key for as long as the form stands: sending it twice records it once.
  const [recordKey] = useState(() => crypto.randomUUID())
  const [, navigate] = useLocation()
  const record = useMutation({
    mutationFn: (values: Record<string, string>) => {
      const { name, email, phone, direction, text = '' } = values
      const at = new Date(values.at ?? '').toISOString()
      return api.chat.recordConversation.mutate({
        recordKey,
        channel: values.channel as Exclude<Channel, 'chat'>,
        contact: { name: name?.trim() || null, email: email?.trim() || null, phone: phone?.trim() || null },
        entries: [{ from: direction === 'outgoing' ? 'staff' : 'visitor', text: text.trim(), at }],
      })
    },
    onSuccess: ({ id, masked }) => {
      toast(
        masked.length > 0
          ? 'Recorded. Part of it is not stored here, as your notice says. A mark stands in its place.'
          : 'Recorded.',
      )
      onDone()
      navigate(`/inbox/${id}`)
    },
  })
  return (
    <Form
      label="Record a call or message"
      error={record.error}
      onSubmit={record.mutate}
      className="flex flex-col gap-4"
    >
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <Select
          label="Channel"
          name="channel"
          defaultValue="call"
          choices={(['call', 'mail', 'social'] as const).map((id) => ({ id, label: channelNames[id] }))}
        />
        <Select
          label="Who wrote or called"
          name="direction"
          defaultValue="incoming"
          choices={[
            { id: 'incoming', label: 'They did' },
            { id: 'outgoing', label: 'We did' },
          ]}
        />
      </div>
      <TextField name="at" label="When" type="datetime-local" defaultValue={localNow()} isRequired />
      <TextField name="name" label="Name" maxLength={120} autoComplete="off" />
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <TextField name="email" label="E-mail" type="email" autoComplete="off" />
        <TextField name="phone" label="Phone" type="tel" autoComplete="off" />
      </div>
      <TextField name="text" label="What was said" rows={5} maxLength={4000} isRequired />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" isPending={record.isPending}>
          Record
        </Button>
        <Button variant="quiet" onPress={onDone}>
          Cancel
        </Button>
      </div>
    </Form>
  )
}

/** This minute as the field for a date and a time has it. */
function localNow(): string {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
