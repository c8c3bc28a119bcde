import { h } from 'preact'
import { countUnread } from '../state.ts'
import { fill } from '../strings.ts'
import type { ViewProps } from './app.tsx'
import { ChevronIcon, CandorIcon } from './icons.tsx'

export function Launcher({ state, chat, strings }: ViewProps) {
  const unread = state.isOpen ? 0 : countUnread(state)
  const openLabel = unread > 0 ? fill(strings.unread, { count: unread }) : strings.open
  return (
    <button
      type="button"
      class={state.isOpen ? 'launcher is-open' : 'launcher'}
      aria-haspopup="dialog"
      aria-expanded={state.isOpen}
      aria-label={state.isOpen ? strings.close : openLabel}
      onClick={state.isOpen ? chat.close : chat.open}
    >
      {state.isOpen ? <ChevronIcon /> : <CandorIcon />}
      {unread > 0 && (
        <span class="badge" aria-hidden="true">
          {unread > 9 ? '9+' : unread}
        </span>
      )}
    </button>
  )
}
