import { CloudOff, RefreshCw } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import type { LiveLine } from '../inbox/use-inbox-live.ts'
import { useIsOffline } from './use-is-offline.ts'

/** Says that nothing new can arrive, once that has lasted longer than a blink. */
export function ConnectionBanner({ connection }: { connection: LiveLine }) {
  const isOffline = useIsOffline()
  const isDown = useLasting(connection.state.status !== 'live', 1500)
  if (!isOffline && !isDown) return <div role="status" className="sr-only" />
  const Icon = isOffline ? CloudOff : RefreshCw
  return (
    <div
      role="status"
      className="flex items-center justify-center gap-3 bg-signal-soft px-4 py-1.5 text-sm text-signal-text"
    >
      <Icon
        aria-hidden="true"
        className={`size-4 shrink-0 ${isOffline ? '' : 'animate-spin [animation-duration:2.5s]'}`}
      />
      <span>
        {isOffline
          ? 'You are offline. What you send is kept here until you are back.'
          : 'Reconnecting. Nothing gets lost: what came meanwhile will be shown.'}
      </span>
      {!isOffline && (
        <Button size="sm" variant="quiet" onPress={connection.retryNow}>
          Try now
        </Button>
      )}
    </div>
  )
}

/** True only after `value` has been true for so long. */
function useLasting(value: boolean, delayMs: number): boolean {
  const [isLasting, setLasting] = useState(false)
  useEffect(() => {
    if (!value) return setLasting(false)
    const timer = setTimeout(() => setLasting(true), delayMs)
    return () => clearTimeout(timer)
  }, [value, delayMs])
  return isLasting
}
