import { isRetryable } from '@candor/client/call-error'
import { useCallback, useEffect, useEffectEvent, useRef } from 'react'
import { api } from '../../api/api.ts'
import { toast } from '../../ui/toast.tsx'
import type { LiveThread } from './use-thread.ts'

/**
 * Shows a message at once and sends it; one after the other, so that they arrive in the order they were written. A
 * retry carries the same id, so it can't arrive twice. What failed for want of a connection goes again once there is one.
 */
export function useSending(conversationId: string, { thread, dispatch, connection }: LiveThread) {
  const queue = useRef(Promise.resolve())

  const post = useCallback(
    (clientMessageId: string, text: string) => {
      queue.current = queue.current.then(() =>
        api.chat.postMessage.mutate({ conversationId, clientMessageId, text }).then(
          ({ masked, ...message }) => {
            dispatch({ type: 'loaded', messages: [message] })
            if (masked.length > 0)
              toast(
                'Part of your message is not stored here, as your notice says. A mark stands in its place.',
              )
          },
          (error) => dispatch({ type: 'failed', clientMessageId, error }),
        ),
      )
    },
    [conversationId, dispatch],
  )

  const send = useCallback(
    (text: string) => {
      const clientMessageId = crypto.randomUUID()
      dispatch({ type: 'writing', message: { clientMessageId, text, createdAt: new Date().toISOString() } })
      post(clientMessageId, text)
    },
    [dispatch, post],
  )

  const retry = useCallback(
    (clientMessageId: string, text: string) => {
      dispatch({ type: 'resending', clientMessageId })
      post(clientMessageId, text)
    },
    [dispatch, post],
  )

  const sendWaiting = useEffectEvent(() => {
    for (const { clientMessageId, text, state, error } of thread.pending) {
      if (state === 'failed' && isRetryable(error)) retry(clientMessageId, text)
    }
  })
  useEffect(() => {
    if (connection.status === 'live') sendWaiting()
  }, [connection.status])

  return { send, retry }
}
