import { X } from 'lucide-react'
import {
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components'
import { IconButton } from './button.tsx'
import { problemOf } from './problem.ts'

/** Says briefly that something was done. */
export function toast(text: string): void {
  queue.add({ text, tone: 'plain' }, { timeout: 5000 })
}

/** Says that an action failed; it stays a little longer. */
export function toastProblem(error: unknown): void {
  const problem = problemOf(error)
  queue.add({ text: `${problem.title}. ${problem.message}`, tone: 'bad' }, { timeout: 9000 })
}

/** Where toasts appear; once in each page. */
export function Toasts() {
  return (
    <ToastRegion
      queue={queue}
      aria-label="Notifications"
      className="fixed right-4 bottom-4 left-4 z-50 flex flex-col items-end gap-2 outline-none"
    >
      {({ toast: shown }) => (
        <Toast
          toast={shown}
          className={`enter flex max-w-md items-center gap-2 rounded-xl py-1.5 pr-1.5 pl-4 shadow-float ${tones[shown.content.tone]}`}
        >
          <ToastContent className="min-w-0 flex-1 text-[0.9375rem]">
            <Text slot="title">{shown.content.text}</Text>
          </ToastContent>
          <IconButton label="Dismiss" slot="close" className="text-inherit! hover:bg-transparent">
            <X aria-hidden="true" />
          </IconButton>
        </Toast>
      )}
    </ToastRegion>
  )
}

const queue = new ToastQueue<{ text: string; tone: 'plain' | 'bad' }>({ maxVisibleToasts: 3 })
const tones = { plain: 'bg-rail text-rail-ink', bad: 'bg-danger-soft text-danger-text border border-danger' }
