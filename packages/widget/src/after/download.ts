import type { Candor } from '@candor/client/create-candor'
import { make } from '../make.ts'
import { saveTranscript } from './save-transcript.ts'
import type { Words } from './words.ts'

/** The transcript as a file, and a word where it cannot be had. */
export function offerDownload({ candor, conversationId, words }: DownloadOptions): HTMLElement[] {
  const problem = make('p', { role: 'alert' })
  const button = make('button', { type: 'button', className: 'secondary', textContent: words.download })
  button.addEventListener('click', () => void save())
  return [button, problem]

  async function save(): Promise<void> {
    button.disabled = true
    problem.textContent = ''
    await saveTranscript(candor, conversationId).catch(() => {
      problem.textContent = words.downloadFailed
    })
    button.disabled = false
  }
}

interface DownloadOptions {
  candor: Candor
  conversationId: string
  words: Words
}
