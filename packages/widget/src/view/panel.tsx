import { h } from 'preact'
import { stayAtEnd } from '../end-of-log.ts'
import { isOver } from '../state.ts'
import type { ViewProps } from './app.tsx'
import { Composer } from './composer.tsx'
import { Farewell } from './farewell.tsx'
import { Header } from './header.tsx'
import { Intro } from './intro.tsx'
import { Notice } from './notice.tsx'
import { Thread } from './thread.tsx'

export function Panel(props: ViewProps) {
  const { state, chat, strings } = props
  const isNew = state.conversationId === null && state.pending.length === 0
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.isComposing) return
    event.preventDefault()
    chat.close()
  }
  return (
    <dialog class="panel" aria-labelledby="title" tabIndex={-1} ref={show} onKeyDown={closeOnEscape}>
      {/* The page decides the corner; the words inside run as our languages do. */}
      <div class="inside" dir="ltr">
        <Header {...props} />
        {state.isOffline && !isOver(state) && state.phase !== 'failed' && (
          <Notice text={strings.offline} action={strings.tryNow} onAction={chat.reconnect} />
        )}
        {state.phase === 'failed' && (
          <Notice text={strings.cannotStart} action={strings.retry} onAction={chat.startSession} />
        )}
        {state.phase === 'unavailable' && <Notice text={strings.unavailable} />}
        <div class="log" role="log" aria-label={strings.chat} tabIndex={0} ref={stayAtEnd}>
          {isNew ? <Intro {...props} /> : <Thread {...props} />}
        </div>
        {isOver(state) ? <Farewell {...props} /> : state.phase !== 'unavailable' && <Composer {...props} />}
      </div>
    </dialog>
  )
}

/**
 * Beside the page the panel is one more part of it. Where it covers the page it is modal, so that the keyboard
 * can't wander behind it. Setting `open` by hand keeps the browser from moving the focus after a page change.
 */
function show(dialog: HTMLDialogElement | null): void {
  if (dialog === null || dialog.open) return
  if (!matchMedia(coveringQuery).matches) {
    dialog.open = true
    return
  }
  dialog.showModal()
  fitAboveKeyboard(dialog)
}

/** A keyboard on the screen covers the bottom of the page; only the visual viewport tells how much. */
function fitAboveKeyboard(dialog: HTMLDialogElement): void {
  const view = window.visualViewport
  const fit = () => {
    if (!dialog.isConnected) return view?.removeEventListener('resize', fit)
    dialog.style.height = `${view?.height}px`
  }
  view?.addEventListener('resize', fit)
}

const coveringQuery = '(max-width: 480px), (max-height: 480px)'
