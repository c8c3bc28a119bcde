import type { AccessAnswer } from '@candor/contracts/privacy/schemas'
import { Download, FileCode, FileJson, Printer } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { answerDocument } from './answer-document.ts'

/** The answer to take along: for other systems, for reading, for paper. */
export function AnswerActions({ answer }: { answer: AccessAnswer }) {
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
        <Button>
          <Download aria-hidden="true" /> Download
        </Button>
      </Menu>
      <Button onPress={() => window.print()}>
        <Printer aria-hidden="true" /> Print
      </Button>
    </>
  )
}
