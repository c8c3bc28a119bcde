import { findReason } from '@candor/client/call-error'
import type { Candor } from '@candor/client/create-candor'
import { make } from '../make.ts'
import type { Words } from './words.ts'

/** Asks how the conversation went. Nobody has to answer; what is chosen is sent by its button, not by the arrow keys. */
export function askForRating({ candor, conversationId, words, onRated }: RatingOptions): HTMLElement {
  const send = make('button', { type: 'submit', className: 'secondary', textContent: words.rate })
  const problem = make('p', { role: 'alert' })
  const form = make(
    'form',
    {},
    make('fieldset', {}, make('legend', { textContent: words.question }), ...ratings.map(option)),
    send,
    problem,
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void rate(new FormData(form).get('rating') as Rating)
  })
  return form

  function option(rating: Rating): HTMLElement {
    const input = make('input', { type: 'radio', name: 'rating', value: rating, required: true })
    return make('label', {}, input, words[rating])
  }

  async function rate(rating: Rating): Promise<void> {
    send.disabled = true
    problem.textContent = ''
    try {
      const isCounted = await tell(candor, conversationId, rating)
      const thanks = make('p', { role: 'status', tabIndex: -1 })
      form.replaceWith(thanks)
      thanks.textContent = isCounted ? words.thanks : words.notCounted
      thanks.focus()
      onRated()
    } catch {
      send.disabled = false
      problem.textContent = words.failed
    }
  }
}

/** A conversation that was closed a moment ago can be rated once it is archived. One that was rated has been told. */
async function tell(candor: Candor, conversationId: string, rating: Rating): Promise<boolean> {
  for (let tries = 1; ; tries++) {
    try {
      return (await candor.transcripts.rateConversation.mutate({ conversationId, rating })).counted
    } catch (error) {
      const reason = findReason(error)
      if (reason === 'conflict') return true
      if (reason !== 'not-found' || tries === triesMax) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, betweenTriesMs))
  }
}

const triesMax = 20
const betweenTriesMs = 700

const ratings = ['good', 'fair', 'poor'] as const
type Rating = (typeof ratings)[number]

interface RatingOptions {
  candor: Candor
  conversationId: string
  words: Words
  onRated(): void
}
