import type { PublicKey } from '@candor/contracts/identity/schemas'
import { useMutation, useQuery } from '@tanstack/react-query'
import { FileUp } from 'lucide-react'
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { Async } from '../../ui/async.tsx'
import { Button } from '../../ui/button.tsx'
import { Form } from '../../ui/form.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { signingKeysQuery } from '../queries.ts'
import { Step } from '../step.tsx'
import { checkHere } from './check-here.ts'
import { CheckResult } from './check-result.tsx'

/** Tells anyone who was shown a receipt whether it was issued here and is unchanged. */
export function CheckReceipt() {
  const keys = useQuery(signingKeysQuery)
  return (
    <Step
      title="Check a receipt"
      intro={
        <p>
          Whoever was erased got a signed receipt. Here you see whether one was issued by this service and is
          unchanged. Your browser checks it by itself, with the keys this page came with: the receipt goes
          nowhere, and you may cut the connection before you begin.
        </p>
      }
    >
      <Async query={keys} lines={4}>
        {(published) => <CheckForm keys={published.keys} />}
      </Async>
    </Step>
  )
}

function CheckForm({ keys }: { keys: readonly PublicKey[] }) {
  const [text, setText] = useState('')
  const check = useMutation({
    mutationFn: (given: string) => checkHere(given, keys),
    networkMode: 'always',
  })
  async function take(files: FileList | null) {
    const file = files?.[0]
    if (!file) return
    const content = await file.slice(0, 200_000).text()
    setText(content)
    check.mutate(content)
  }
  return (
    <>
      <div className="card p-5 shadow-card sm:p-7">
        <Form onSubmit={() => check.mutate(text)}>
          <TextField
            label="The receipt"
            description="Paste the contents of the file, or choose the file itself."
            rows={6}
            value={text}
            onChange={(changed) => {
              setText(changed)
              check.reset()
            }}
            isRequired
            className="[&_textarea]:font-mono [&_textarea]:text-[0.8125rem]"
          />
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant="primary" isPending={check.isPending}>
              Check
            </Button>
            <FileTrigger
              acceptedFileTypes={['.json', '.jws', 'application/json']}
              onSelect={(files) => void take(files)}
            >
              <Button>
                <FileUp aria-hidden="true" /> Choose a file
              </Button>
            </FileTrigger>
          </div>
        </Form>
      </div>
      {check.error && (
        <Notice tone="error" title="This browser cannot check it">
          It does not know signatures of this kind (Ed25519). Use a newer one, or the command that stands with
          every receipt.
        </Notice>
      )}
      {check.data && <CheckResult verdict={check.data} />}
    </>
  )
}
