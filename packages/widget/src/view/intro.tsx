import { h } from 'preact'
import { fill } from '../strings.ts'
import type { ViewProps } from './app.tsx'

/** What stands before the first message: a greeting, and two questions nobody has to answer. */
export function Intro({ state, chat, strings, origin }: ViewProps) {
  const { business, isEmailRefused } = state
  return (
    <div class="intro">
      <p class="greeting">
        {state.knownName === null ? strings.greeting : fill(strings.welcomeBack, { name: state.knownName })}
      </p>
      <fieldset>
        <legend>{strings.optional}</legend>
        {business && <p>{business.whyAsked}</p>}
        <label>
          <span>
            {strings.name} <small>{strings.nameHint}</small>
          </span>
          <input
            type="text"
            name="name"
            autocomplete="name"
            maxLength={120}
            value={state.name}
            onInput={(event) => chat.fillIn({ name: event.currentTarget.value })}
          />
        </label>
        <label>
          <span>
            {strings.email} <small>{strings.emailHint}</small>
          </span>
          <input
            type="email"
            name="email"
            autocomplete="email"
            maxLength={254}
            value={state.email}
            aria-invalid={isEmailRefused}
            aria-describedby={isEmailRefused ? 'email-refused' : undefined}
            onInput={(event) => chat.fillIn({ email: event.currentTarget.value })}
          />
        </label>
        {isEmailRefused && (
          <p class="refused" id="email-refused" role="alert">
            {strings.emailRefused}
          </p>
        )}
        {business?.ageNote && <p>{business.ageNote}</p>}
        {business && (
          <a href={`${origin}/privacy/${business.slug}`} target="_blank" rel="noopener">
            {fill(strings.privacy, { business: business.name })}
          </a>
        )}
      </fieldset>
    </div>
  )
}
