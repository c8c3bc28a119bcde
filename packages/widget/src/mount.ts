import { h, render } from 'preact'
import { createChat } from './chat.ts'
import { goToEnd, isAtEnd } from './end-of-log.ts'
import { withFocus } from './focus.ts'
import type { ConsentPart, StateListener } from './consent/host-of.ts'
import { createMemory } from './memory.ts'
import { createStore } from './store.ts'
import { stringsFor } from './strings.ts'
import styles from './style.css'
import { createVisitor } from './visitor.ts'
import { App } from './view/app.tsx'

/**
 * Puts the widget on the page, once. Everything lives in a shadow root: no style crosses its border in either
 * direction, and what is typed inside never triggers the page's keyboard shortcuts.
 */
export function mount({ origin, widgetKey, asksConsent }: MountOptions): void {
  if (document.querySelector(elementName)) return
  const host = document.createElement(elementName)
  const shadow = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(styles)
  shadow.adoptedStyleSheets = [sheet]
  for (const type of ['keydown', 'keypress', 'keyup']) shadow.addEventListener(type, stopAtBorder)

  const listeners: StateListener[] = []
  const memory = createMemory(widgetKey)
  const store = createStore(memory.recall(), draw)
  const chat = withFocus(shadow, createChat({ origin, widgetKey, store, memory }))
  const { strings, locale } = stringsFor(navigator.language)
  const dir = getComputedStyle(document.body).direction === 'rtl' ? 'rtl' : 'ltr'

  draw()
  document.body.append(host)
  chat.resume()
  offerToPage({ open: chat.open, close: chat.close })
  // Loaded beside this script, and only where the page wants it: most widgets never need it.
  if (asksConsent)
    import(`${origin}/widget-consent.js`)
      .then((part: ConsentPart) =>
        part.start({ site: { origin, widgetKey, locale, dir }, store, listeners, createVisitor }),
      )
      .catch(() => {})

  function draw(): void {
    const state = store.get()
    for (const listener of listeners) listener(state)
    const log = shadow.querySelector('.log')
    const wasAtEnd = !log || isAtEnd(log)
    render(h(App, { state, chat, strings, locale, dir, origin }), shadow)
    const drawnLog = shadow.querySelector('.log')
    if (wasAtEnd && drawnLog) goToEnd(drawnLog)
  }
}

const elementName = 'candor-chat'

function stopAtBorder(event: Event): void {
  event.stopPropagation()
}

/** `window.Candor`, for a page's own "chat with us" button, unless the page uses that name itself. */
function offerToPage(controls: PageControls): void {
  if ('Candor' in window) return
  Object.defineProperty(window, 'Candor', { value: Object.freeze(controls) })
}

interface MountOptions {
  origin: string
  widgetKey: string
  /** Whether the page has `data-consent` on the script. */
  asksConsent: boolean
}

interface PageControls {
  open(): void
  close(): void
}
