/** The mark: a speech bubble drawn open, with somebody at its mouth. */
export function Mark({ className = 'size-7' }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" fill="none" aria-hidden="true" className={className}>
      <path
        d="M23.4 8.1A10.5 10.5 0 0 0 5.5 15.5V26H16A10.5 10.5 0 0 0 23.4 22.9"
        stroke="currentColor"
        strokeWidth="4.6"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      <circle cx="23.6" cy="15.5" r="3.1" fill="var(--signal)" />
    </svg>
  )
}

export function Wordmark({ className = '' }: { className?: string }) {
  return (
    <span className={`inline-flex items-center gap-2 ${className}`}>
      <Mark className="size-6 text-brand-text" />
      <span className="text-lg font-semibold tracking-tight">Candor</span>
    </span>
  )
}
