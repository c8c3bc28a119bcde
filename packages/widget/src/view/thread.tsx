import { Fragment, h } from 'preact'
import type { Message } from '@candor/contracts/chat/schemas'
import { fill } from '../strings.ts'
import { threadOf } from '../thread.ts'
import type { ViewProps } from './app.tsx'
import { Run } from './run.tsx'

export function Thread(props: ViewProps) {
  const { state, strings } = props
  return (
    <Fragment>
      {threadOf(state).map((block) =>
        block.kind === 'run' ? (
          <Run key={block.key} {...props} run={block} />
        ) : (
          <p key={block.key} class="event">
            {wordsOf(block.message, props)}
          </p>
        ),
      )}
      {state.typist !== null && (
        <p class="typing" aria-live="off">
          <i />
          <i />
          <i />
          <span class="hidden">{fill(strings.typing, { name: state.typist || strings.someone })}</span>
        </p>
      )}
    </Fragment>
  )
}

function wordsOf({ notice, author }: Message, { strings }: ViewProps): string {
  if (notice === 'closed') return strings.ended
  return fill(strings.joined, { name: author.kind === 'staff' ? author.name : strings.someone })
}
