import { keepLive } from '@candor/client/keep-live'
import type { ConnectionState, LiveConnection } from '@candor/client/keep-live'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../api/api.ts'
import { useAccount } from '../account.ts'
import { forgetConversation, inboxKey, placeInInbox } from './inbox-cache.ts'

/** Keeps the lists of the inbox as the server has them, on whatever page one is. */
export function useInboxLive(): LiveLine {
  const client = useQueryClient()
  const { user } = useAccount()
  const [state, setState] = useState<ConnectionState>({ status: 'connecting', attempt: 1 })
  const connection = useRef<LiveConnection | null>(null)
  useEffect(() => {
    const line = keepLive(api, {
      position: () => null,
      onConnection: setState,
      onEvent(event) {
        if (event.type === 'conversation') placeInInbox(client, event.conversation, user.id)
        else if (event.type === 'gone') forgetConversation(client, event.conversationId)
        else if (event.type === 'reset') void client.invalidateQueries({ queryKey: inboxKey })
      },
    })
    connection.current = line
    return line.stop
  }, [client, user.id])
  return { state, retryNow: () => connection.current?.retryNow() }
}

export interface LiveLine {
  state: ConnectionState
  retryNow: () => void
}
