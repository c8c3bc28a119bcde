import { h } from 'preact'
import { linkify } from '../linkify.ts'
import type { Block, Line } from '../thread.ts'
import type { ViewProps } from './app.tsx'
import { StateIcon } from './icons.tsx'

/** Messages of one side that belong together, with one line below that says when, and how far they got. */
export function Run({ run, state, chat, strings, locale }: RunProps) {
  const { author, createdAt, lines } = run
  const isMine = author.kind === 'visitor'
  const name = author.kind === 'staff' ? author.name : strings.you
  const last = lines.at(-1)?.state ?? 'sent'
  const isRetryOffered = last === 'failed' && state.lost === null && state.conversation?.status !== 'closed'
  return (
    <div class={isMine ? 'run mine' : 'run'}>
      <p class={isMine ? 'hidden' : 'author'}>{name}</p>
      {lines.map((line) => (
        <p key={line.clientMessageId} class={`bubble ${line.state}`} dir="auto">
          {linkify(line.text).map((part) =>
            part.isLink ? (
              <a href={part.text} target="_blank" rel="noopener noreferrer nofollow">
                {part.text}
              </a>
            ) : (
              part.text
            ),
          )}
        </p>
      ))}
      <p class="meta" aria-live={last === 'failed' ? undefined : 'off'}>
        {createdAt !== null && <time dateTime={createdAt}>{timeOf(createdAt, locale)}</time>}
        {isMine && last !== 'failed' && <StateIcon state={last} />}
        {isMine && <span class={last}>{strings[last]}</span>}
        {isRetryOffered && (
          <button type="button" onClick={() => lines.forEach((line) => retry(line))}>
            {strings.retry}
          </button>
        )}
      </p>
    </div>
  )

  function retry(line: Line): void {
    if (line.state === 'failed') chat.retry(line.clientMessageId)
  }
}

interface RunProps extends ViewProps {
  run: Extract<Block, { kind: 'run' }>
}

/** The hour for today, the date with it for earlier. */
function timeOf(createdAt: string, locale: string): string {
  const date = new Date(createdAt)
  const isToday = date.toDateString() === new Date().toDateString()
  const day = isToday ? {} : ({ day: 'numeric', month: 'short' } as const)
  return date.toLocaleString(locale, { ...day, hour: 'numeric', minute: '2-digit' })
}
