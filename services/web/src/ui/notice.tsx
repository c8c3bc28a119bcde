import { CircleAlert, CircleCheck, Info } from 'lucide-react'
import type { ReactNode } from 'react'
import { problemOf } from './problem.ts'

/** A short statement in the flow of a page. Errors and successes are read out when they appear. */
export function Notice({ tone = 'info', title, children, action }: NoticeProps) {
  const Icon = icons[tone]
  return (
    <div
      role={tone === 'error' ? 'alert' : tone === 'info' ? undefined : 'status'}
      className={`flex items-start gap-3 rounded-xl px-4 py-3 text-[0.9375rem] ${tones[tone]}`}
    >
      <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
      <div className="min-w-0 flex-1">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div className="text-ink">{children}</div>}
      </div>
      {action}
    </div>
  )
}

/** What a failed action says beside its form. */
export function ProblemNotice({ error }: { error: unknown }) {
  if (!error) return null
  const problem = problemOf(error)
  return (
    <Notice tone="error" title={problem.title}>
      {problem.message}
    </Notice>
  )
}

const icons = { info: Info, good: CircleCheck, wait: Info, error: CircleAlert }
const tones = {
  info: 'bg-brand-soft text-brand-text',
  good: 'bg-good-soft text-good-text',
  wait: 'bg-signal-soft text-signal-text',
  error: 'bg-danger-soft text-danger-text',
}

interface NoticeProps {
  tone?: keyof typeof tones
  title?: string
  children?: ReactNode
  action?: ReactNode
}
