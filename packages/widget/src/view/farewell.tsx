import { h } from 'preact'
import { fill } from '../strings.ts'
import type { ViewProps } from './app.tsx'
import { DownloadIcon } from './icons.tsx'

/** What stands in place of the text box once the conversation can't go on. */
export function Farewell({ state, chat, strings }: ViewProps) {
  const { lost, conversation, download } = state
  const email = conversation?.contact.email
  const words = lost === 'gone' ? strings.gone : lost === 'ended' ? strings.expired : strings.closed
  return (
    <div class="farewell">
      <p>
        {words} {lost === null && email && fill(strings.copy, { email })}
      </p>
      <button type="button" class="primary" onClick={chat.startAgain}>
        {strings.again}
      </button>
      {lost === null && (
        <button type="button" class="secondary" disabled={download === 'busy'} onClick={chat.download}>
          <DownloadIcon /> {strings.download}
        </button>
      )}
      {download === 'failed' && <p role="alert">{strings.downloadFailed}</p>}
    </div>
  )
}
