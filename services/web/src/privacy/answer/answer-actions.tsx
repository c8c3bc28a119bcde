import type { AccessAnswer } from '@candor/contracts/privacy/schemas'
import { useMutation } from '@tanstack/react-query'
import { Download, FileCode, FileJson, FileText, Printer } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { toastProblem } from '../../ui/toast.tsx'
import { privacy } from '../api.ts'
import { answerDocument } from './answer-document.ts'

/** The answer to take along: for other systems, for reading, for paper. */
export function AnswerActions({ answer }: { answer: AccessAnswer }) {
  const pdf = useMutation({
    mutationFn: () => privacy.getAccessPdf.query({ requestId: answer.requestId }),
    onSuccess: (file) => saveFile({ ...file, encoding: 'base64' }),
    onError: toastProblem,
  })
  const name = `data-held-by-${answer.business.slug}-${answer.generatedAt.slice(0, 10)}`
  return (
    <>
      <Menu
        label="Download as"
        items={[
          {
            id: 'html',
            label: 'Page to read (HTML)',
            icon: FileCode,
            onAction: () =>
              saveFile({
                filename: `${name}.html`,
                mediaType: 'text/html',
                content: answerDocument(answer),
              }),
          },
          {
            id: 'pdf',
            label: 'Document to print (PDF)',
            icon: FileText,
            onAction: () => pdf.mutate(),
          },
          {
            id: 'json',
            label: 'Data for other systems (JSON)',
            icon: FileJson,
            onAction: () =>
              saveFile({
                filename: `${name}.json`,
                mediaType: 'application/json',
                content: JSON.stringify(answer, null, 2),
              }),
          },
        ]}
      >
        <Button isPending={pdf.isPending}>
          <Download aria-hidden="true" /> Download
        </Button>
      </Menu>
      <Button onPress={() => window.print()}>
        <Printer aria-hidden="true" /> Print
      </Button>
    </>
  )
}
