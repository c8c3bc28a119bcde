import type { Chat } from './chat.ts'

/** Opening moves the keyboard into the panel, closing gives it back to where it was. */
export function withFocus(shadow: ShadowRoot, chat: Pick<Chat, 'open' | 'close'>): Pick<Chat, 'open' | 'close'> {
  let opener: Element | null = null
  return {
    open: () => {
      opener = shadow.activeElement ?? document.activeElement
      chat.open()
      queueMicrotask(() => {
        // On a touch screen the text box would bring up the keyboard over the greeting.
        const isTouch = matchMedia('(pointer: coarse)').matches
        shadow.querySelector<HTMLElement>(isTouch ? 'dialog' : 'textarea, dialog')?.focus()
      })
    },
    close: () => {
      chat.close()
      queueMicrotask(() => {
        const isOnPage = opener?.getRootNode() === document && opener !== document.body
        const target = isOnPage ? opener : shadow.querySelector('.launcher')
        if (target instanceof HTMLElement) target.focus()
      })
    },
  }
}
