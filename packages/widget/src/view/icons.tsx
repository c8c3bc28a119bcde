import { h } from 'preact'
import type { LineState } from '../thread.ts'

/** Our mark: an open ring that is a C, a speech bubble, and lets you see inside. */
export function CandorIcon() {
  return (
    <Icon
      path="M18 6.4A8.2 8.2 0 0 0 5.2 16.6L4 20.4l4.2-1.1A8.2 8.2 0 0 0 18 17.6M12 12h.01M16.5 12h.01"
      size={32}
    />
  )
}

export function ChevronIcon() {
  return <Icon path="m6 9.5 6 6 6-6" size={28} />
}

export function CloseIcon() {
  return <Icon path="m6.5 6.5 11 11m0-11-11 11" />
}

export function SendIcon() {
  return <Icon path="M12 19V5.5m-6 6 6-6 6 6" />
}

export function AlertIcon() {
  return <Icon path="M12 8v4.5m0 3.5h.01M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17" size={20} />
}

export function StateIcon({ state }: { state: LineState }) {
  if (state === 'sending' || state === 'held')
    return <Icon path="M12 8v4.5l2.5 2M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16" size={14} />
  if (state === 'sent') return <Icon path="m5 12.5 4.5 4.5L19 7.5" size={14} />
  return <Icon path="m1.5 12.5 4.5 4.5 9.5-9.5m-3.5 9 .5.5 9.5-9.5" size={14} />
}

function Icon({ path, size = 24 }: { path: string; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} />
    </svg>
  )
}
