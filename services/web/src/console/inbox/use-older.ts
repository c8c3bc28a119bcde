import { useCallback, useEffect, useState } from 'react'
import type { RefObject } from 'react'
import { toastProblem } from '../../ui/toast.tsx'

/** Loads what is older before the reader of `box` gets there. Once that has failed, it waits to be asked for. */
export function useOlder(box: RefObject<HTMLElement | null>, hasOlder: boolean, onLoad: () => Promise<void>) {
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle')

  const load = useCallback(() => {
    setState('loading')
    onLoad().then(
      () => setState('idle'),
      (problem) => {
        setState('failed')
        toastProblem(problem)
      },
    )
  }, [onLoad])

  // After every render, for scrolling draws other rows.
  useEffect(() => {
    const element = box.current
    const isNear = element && element.scrollTop < 2 * element.clientHeight
    if (hasOlder && state === 'idle' && isNear) load()
  })

  return { isLoading: state === 'loading', load }
}
