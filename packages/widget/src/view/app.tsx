import { h } from 'preact'
import type { Chat } from '../chat.ts'
import type { State } from '../state.ts'
import type { Strings } from '../strings.ts'
import { Launcher } from './launcher.tsx'
import { Panel } from './panel.tsx'

export function App(props: ViewProps) {
  return (
    <div class="root" dir={props.dir} lang={props.locale}>
      {props.state.isOpen && <Panel {...props} />}
      <Launcher {...props} />
    </div>
  )
}

/** What every view is drawn from. */
export interface ViewProps {
  state: State
  chat: Chat
  strings: Strings
  locale: string
  dir: 'ltr' | 'rtl'
  origin: string
}
