import { useMutation } from '@tanstack/react-query'
import { FileUp } from 'lucide-react'
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { Button } from '../../ui/button.tsx'
import { Form } from '../../ui/form.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { privacy } from '../api.ts'
import { Step } from '../step.tsx'
import { CheckResult } from './check-result.tsx'
import type { Verdict } from './check-result.tsx'
import { readReceipt, saysTheSame } from './receipt-file.ts'

/** Tells anyone who was shown a receipt whether it was issued here and is unchanged. */
export function CheckReceipt() {
  const [text, setText] = useState('')
  const check = useMutation({ mutationFn: checkReceipt })
  async function take(files: FileList | null) {
    const file = files?.[0]
    if (!file) return
    const content = await file.slice(0, 200_000).text()
    setText(content)
    check.mutate(content)
  }
  return (
    <Step
      title="Check a receipt"
      intro={
        <p>
          Whoever was erased got a signed receipt. Here you see whether one was issued by this service and is
          unchanged.
        </p>
      }
    >
      <div className="card p-5 shadow-card sm:p-7">
        <Form error={check.error} onSubmit={() => check.mutate(text)}>
          <TextField
            label="The receipt"
            description="Paste the contents of the file, or choose the file itself. It is checked and not kept."
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
      {check.data && <CheckResult verdict={check.data} />}
    </Step>
  )
}

async function checkReceipt(text: string): Promise<Verdict> {
  const { jws, readable, problem } = { readable: undefined, ...readReceipt(text) }
  if (problem !== undefined) return { valid: false, reason: problem }
  if (jws.length > jwsMax) return { valid: false, reason: 'It is longer than any receipt.' }
  const verdict = await privacy.verifyReceipt.query({ jws })
  if (!verdict.valid || readable === undefined || saysTheSame(readable, verdict.receipt)) return verdict
  return { valid: false, reason: 'What stands in the file to be read is not what was signed.' }
}

/** It travels in an address, which must not be longer than proxies take. */
const jwsMax = 7_800
