import type { ReactNode } from 'react'

/** A state in a word or two. */
export function Badge({ tone = 'plain', children }: { tone?: BadgeTone; children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-[0.8125rem] font-medium whitespace-nowrap ${tones[tone]}`}
    >
      {children}
    </span>
  )
}

const tones = {
  plain: 'bg-sunken text-muted',
  brand: 'bg-brand-soft text-brand-text',
  good: 'bg-good-soft text-good-text',
  wait: 'bg-signal-soft text-signal-text',
  bad: 'bg-danger-soft text-danger-text',
}

export type BadgeTone = keyof typeof tones
