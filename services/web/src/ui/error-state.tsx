import { CloudOff } from 'lucide-react'
import { Button } from './button.tsx'
import { problemOf } from './problem.ts'

/** Takes the place of content that could not be read. */
export function ErrorState({ error, onRetry, heading: Heading = 'h2' }: ErrorStateProps) {
  const problem = problemOf(error)
  return (
    <div role="alert" className="mx-auto flex max-w-sm flex-col items-center gap-2 px-6 py-14 text-center">
      <span className="mb-2 flex size-14 items-center justify-center rounded-full bg-danger-soft text-danger-text">
        <CloudOff aria-hidden="true" className="size-6" />
      </span>
      <Heading className="text-lg font-semibold">{problem.title}</Heading>
      <p className="text-[0.9375rem] text-pretty text-muted">{problem.message}</p>
      {problem.retryable && onRetry && (
        <Button className="mt-4" onPress={onRetry}>
          Try again
        </Button>
      )}
      {problem.traceId && <p className="mt-3 font-mono text-xs text-muted">Reference {problem.traceId}</p>}
    </div>
  )
}

interface ErrorStateProps {
  error: unknown
  onRetry?: () => void
  /** `h1` where it is the whole page. */
  heading?: 'h1' | 'h2'
}
