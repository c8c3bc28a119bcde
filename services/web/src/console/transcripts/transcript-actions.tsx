import { useMutation } from '@tanstack/react-query'
import { Download, FileCode, FileJson, FileText, FileType, Mail } from 'lucide-react'
import { api } from '../../api/api.ts'
import { saveFile } from '../../ui/save-file.ts'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { toast, toastProblem } from '../../ui/toast.tsx'

export function TranscriptActions({
  conversationId,
  hasAddress,
}: {
  conversationId: string
  hasAddress: boolean
}) {
  const download = useMutation({
    mutationFn: (format: 'html' | 'text' | 'json' | 'pdf') =>
      api.transcripts.downloadTranscript.query({ conversationId, format }),
    onSuccess: saveFile,
    onError: toastProblem,
  })
  const mail = useMutation({
    mutationFn: () => api.transcripts.mailTranscript.mutate({ conversationId }),
    onSuccess: () => toast('The transcript is on its way.'),
    onError: toastProblem,
  })
  return (
    <>
      {hasAddress && (
        <Button isPending={mail.isPending} onPress={() => mail.mutate()}>
          <Mail aria-hidden="true" /> Mail again
        </Button>
      )}
      <Menu
        label="Format"
        items={[
          {
            id: 'html',
            label: 'Readable page (HTML)',
            icon: FileCode,
            onAction: () => download.mutate('html'),
          },
          { id: 'pdf', label: 'For print (PDF)', icon: FileType, onAction: () => download.mutate('pdf') },
          { id: 'text', label: 'Plain text', icon: FileText, onAction: () => download.mutate('text') },
          { id: 'json', label: 'Data (JSON)', icon: FileJson, onAction: () => download.mutate('json') },
        ]}
      >
        <Button isPending={download.isPending}>
          <Download aria-hidden="true" /> Download
        </Button>
      </Menu>
    </>
  )
}
