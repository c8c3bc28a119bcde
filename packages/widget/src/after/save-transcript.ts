import type { Candor } from '@candor/client/create-candor'

/** Fetches the transcript as text and hands it to the browser as a download. */
export async function saveTranscript(candor: Candor, conversationId: string): Promise<void> {
  const file = await candor.transcripts.downloadTranscript.query({ conversationId, format: 'text' })
  const url = URL.createObjectURL(new Blob([file.content], { type: file.mediaType }))
  const link = document.createElement('a')
  link.href = url
  link.download = file.filename
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
