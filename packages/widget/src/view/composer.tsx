import { h } from 'preact'
import { fill } from '../strings.ts'
import type { ViewProps } from './app.tsx'
import { SendIcon } from './icons.tsx'

/** The text box. Enter sends, Shift and Enter begins a new line. */
export function Composer({ state, chat, strings }: ViewProps) {
  const charactersLeft = charactersMax - state.draft.length
  const sendOnEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    chat.send()
  }
  const submit = (event: Event) => {
    event.preventDefault()
    chat.send()
  }
  return (
    <form class="composer" onSubmit={submit}>
      <textarea
        rows={1}
        dir="auto"
        maxLength={charactersMax}
        aria-label={strings.message}
        placeholder={strings.write}
        value={state.draft}
        onInput={(event) => chat.type(event.currentTarget.value)}
        onKeyDown={sendOnEnter}
      />
      <button type="submit" class="icon send" aria-label={strings.send} disabled={state.draft.trim() === ''}>
        <SendIcon />
      </button>
      {charactersLeft < 200 && <small role="status">{fill(strings.left, { count: charactersLeft })}</small>}
    </form>
  )
}

const charactersMax = 4000
