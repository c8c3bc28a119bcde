import type { ConsentPrompt } from '@candor/contracts/privacy/consent-schemas'
import type { ConsentPurpose } from '@candor/contracts/policy/categories'
import { make } from '../make.ts'
import styles from './banner.css'
import type { ConsentHost } from './host.ts'
import { wordsFor } from './words.ts'
import type { Words } from './words.ts'

/**
 * Asks, and stays at hand for another choice. Refusing and accepting are the same button but for the word: same size,
 * same place, one click, and no box is ticked beforehand.
 */
export function createBanner(options: BannerOptions): Banner {
  const { host, prompt, askable } = options
  const words = wordsFor(host.locale)
  const element = document.createElement('candor-consent')
  element.dir = host.dir
  const shadow = element.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(styles)
  shadow.adoptedStyleSheets = [sheet]
  for (const type of ['keydown', 'keypress', 'keyup'])
    shadow.addEventListener(type, (event) => event.stopPropagation())

  const boxes = askable.map((purpose) => ({ purpose, box: make('input', { type: 'checkbox' }) }))
  const problem = make('p', { className: 'problem', role: 'alert', hidden: true, textContent: words.failed })
  const save = button(words.save, 'save', () => decide(ticked()))
  const panel = make('section', { className: 'panel', ariaLabel: words.title, hidden: true })
  const opener = button(words.choices, 'opener', () => {
    show(options.given())
    boxes[0]?.box.focus()
  })

  panel.append(
    make('h2', { textContent: words.title }),
    make('p', { textContent: prompt.text }),
    ...(prompt.refusedBySignal.length > 0 ? [make('p', { textContent: words.signal })] : []),
    make('div', { className: 'purposes' }, ...boxes.map(({ purpose, box }) => labelled(words, purpose, box))),
    problem,
    make(
      'div',
      { className: 'answers' },
      button(words.refuse, 'answer', () => decide([])),
      button(words.accept, 'answer', () => decide(askable)),
    ),
    save,
    make('a', {
      href: `${host.origin}/privacy/${prompt.business.slug}/cookies`,
      target: '_blank',
      rel: 'noopener',
      textContent: words.notice,
    }),
  )
  panel.addEventListener('change', offerSave)
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && options.isDecided()) hide()
  })
  shadow.append(panel, opener)
  document.body.append(element)

  return { show: () => show(options.given()), hide }

  function ticked(): ConsentPurpose[] {
    return boxes.filter(({ box }) => box.checked).map(({ purpose }) => purpose)
  }

  function offerSave(): void {
    save.hidden = askable.length < 2 || ticked().length === 0 || ticked().length === askable.length
  }

  function show(given: readonly ConsentPurpose[]): void {
    for (const { purpose, box } of boxes) box.checked = given.includes(purpose)
    offerSave()
    problem.hidden = true
    panel.hidden = false
    opener.hidden = true
  }

  function hide(): void {
    const hadFocus = shadow.activeElement !== null
    panel.hidden = true
    opener.hidden = false
    if (hadFocus) opener.focus()
  }

  async function decide(given: readonly ConsentPurpose[]): Promise<void> {
    panel.inert = true
    try {
      await options.decide(given)
      hide()
    } catch {
      problem.hidden = false
    } finally {
      panel.inert = false
    }
  }
}

export interface BannerOptions {
  host: ConsentHost
  prompt: ConsentPrompt
  askable: readonly ConsentPurpose[]
  given(): readonly ConsentPurpose[]
  isDecided(): boolean
  decide(given: readonly ConsentPurpose[]): Promise<void>
}

export interface Banner {
  show(): void
  hide(): void
}

function labelled(words: Words, purpose: ConsentPurpose, box: HTMLInputElement): HTMLElement {
  return make('label', {}, box, words[purpose as keyof Words] ?? purpose)
}

function button(text: string, className: string, onClick: () => unknown): HTMLButtonElement {
  const element = make('button', { type: 'button', className, textContent: text })
  element.addEventListener('click', () => void onClick())
  return element
}
