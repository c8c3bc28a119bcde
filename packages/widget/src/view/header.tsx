import { h } from 'preact'
import { isOver } from '../state.ts'
import { fill } from '../strings.ts'
import type { ViewProps } from './app.tsx'
import { CloseIcon } from './icons.tsx'

/** Not a `header` element: that would be one more banner of the page around it. */
export function Header({ state, chat, strings, origin }: ViewProps) {
  const { business, conversation } = state
  const agent = conversation?.assignee?.name
  const status = agent ? fill(strings.here, { name: agent }) : conversation ? strings.waiting : null
  return (
    <div class="header">
      <div class="heading">
        <h2 id="title">{business?.name ?? strings.chat}</h2>
        {status && !isOver(state) && !state.isOffline && (
          <p class={agent ? 'status is-here' : 'status'} role="status">
            {status}
          </p>
        )}
      </div>
      {business && (
        <a class="quiet" href={`${origin}/privacy/${business.slug}`} target="_blank" rel="noopener">
          {strings.privacyShort}
        </a>
      )}
      <button type="button" class="icon" aria-label={strings.close} onClick={chat.close}>
        <CloseIcon />
      </button>
    </div>
  )
}
