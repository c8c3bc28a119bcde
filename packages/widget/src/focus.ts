import type { Chat } from './chat.ts'

/** Opening moves the keyboard into the panel, closing gives it back to where it was. */
export function withFocus(shadow: ShadowRoot, chat: Chat): Chat {
  let opener: Element | null = null
  const find = (selector: string) => shadow.querySelector<HTMLElement>(selector)
  const focusText = () => queueMicrotask(() => (find('textarea') ?? find('dialog'))?.focus())
  return {
    ...chat,
    open: () => {
      opener = shadow.activeElement ?? document.activeElement
      chat.open()
      // On a touch screen the text box would bring up the keyboard over the greeting.
      if (matchMedia('(pointer: coarse)').matches) queueMicrotask(() => find('dialog')?.focus())
      else focusText()
    },
    startAgain: () => {
      chat.startAgain()
      focusText()
    },
    send: () => {
      chat.send()
      focusText()
    },
    close: () => {
      chat.close()
      queueMicrotask(() => {
        const isOnPage = opener?.getRootNode() === document && opener !== document.body
        const target = isOnPage ? opener : find('.launcher')
        if (target instanceof HTMLElement) target.focus()
      })
    },
  }
}
