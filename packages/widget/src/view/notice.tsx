import { h } from 'preact'
import { AlertIcon } from './icons.tsx'

/** A line under the header saying what doesn't work, and what the visitor can do. */
export function Notice({ text, action, onAction }: NoticeProps) {
  return (
    <div class="notice" role="status">
      <AlertIcon />
      <span>{text}</span>
      {action && (
        <button type="button" onClick={onAction}>
          {action}
        </button>
      )}
    </div>
  )
}

interface NoticeProps {
  text: string
  action?: string
  onAction?: () => void
}
