import { h } from 'preact'
import { fill } from '../strings.ts'
import type { ViewProps } from './app.tsx'

/** What stands in place of the text box once the conversation can't go on. */
export function Farewell({ state, chat, strings }: ViewProps) {
  const { lost, conversation, conversationId } = state
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
      {lost === null && <div key={conversationId} ref={chat.offerAfter} />}
    </div>
  )
}
