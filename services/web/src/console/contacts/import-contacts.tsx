import type { RefusedLine } from '@candor/contracts/chat/contacts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { FileUp } from 'lucide-react'
import { DialogTrigger, FileTrigger } from 'react-aria-components'
import { api } from '../../api/api.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import { toast } from '../../ui/toast.tsx'
import { contactsKey } from './contacts-key.ts'

/** Takes in a CSV file, whole or not at all. */
export function ImportContacts() {
  return (
    <DialogTrigger>
      <Button>
        <FileUp aria-hidden="true" /> Import
      </Button>
      <Dialog title="Import contacts">{(close) => <ImportForm onDone={close} />}</Dialog>
    </DialogTrigger>
  )
}

function ImportForm({ onDone }: { onDone: () => void }) {
  const client = useQueryClient()
  const take = useMutation({
    mutationFn: async (file: File) =>
      api.privacy.importContacts.mutate({ instructionId: crypto.randomUUID(), csv: await file.text() }),
    onSuccess: (answer) => {
      if (!answer.taken) return
      const { items } = answer.instruction
      toast(items === 1 ? '1 contact taken in.' : `${items} contacts taken in.`)
      void client.invalidateQueries({ queryKey: contactsKey })
      onDone()
    },
  })
  const refused = take.data?.taken === false ? take.data.refused : []
  return (
    <div className="flex flex-col gap-5">
      <p className="text-[0.9375rem] text-pretty text-muted">
        A CSV file with the headings <code>name</code>, <code>email</code> and <code>phone</code>; every other
        column becomes a further detail. At most 500 lines. If one line is wrong, nothing of the file is
        taken.
      </p>
      <ProblemNotice error={take.error} />
      {refused.length > 0 && <Refused lines={refused} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onPress={onDone}>Go back</Button>
        <FileTrigger
          acceptedFileTypes={['.csv', 'text/csv']}
          onSelect={(files) => {
            if (files?.[0]) take.mutate(files[0])
          }}
        >
          <Button variant="primary" isPending={take.isPending}>
            Choose a file
          </Button>
        </FileTrigger>
      </div>
    </div>
  )
}

function Refused({ lines }: { lines: readonly RefusedLine[] }) {
  return (
    <Notice tone="error" title="Nothing was taken in">
      <ul aria-label="Lines to correct">
        {lines.slice(0, shownMax).map(({ line, field, message }) => (
          <li key={`${line} ${field}`}>
            Line {line}
            {field !== 'line' && `, ${field}`}: {message}
          </li>
        ))}
        {lines.length > shownMax && <li>and {lines.length - shownMax} more</li>}
      </ul>
    </Notice>
  )
}

const shownMax = 20
