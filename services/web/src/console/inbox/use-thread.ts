import { followConversation } from '@candor/client/follow-conversation'
import type { ConnectionState } from '@candor/client/keep-live'
import type { Conversation } from '@candor/contracts/chat/schemas'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useReducer, useState } from 'react'
import { api } from '../../api/api.ts'
import { useAccount } from '../account.ts'
import { findInInbox, placeInInbox } from './inbox-cache.ts'
import { changeThread, emptyThread } from './thread.ts'
import type { Thread, ThreadAction } from './thread.ts'

/** Reads the end of a conversation and follows it from there, for as long as it is on the screen. */
export function useThread(conversationId: string): LiveThread {
  const client = useQueryClient()
  const { user } = useAccount()
  const [thread, dispatch] = useReducer(changeThread, emptyThread, (empty) => ({
    ...empty,
    conversation: findInInbox(client, conversationId) ?? null,
  }))
  const [error, setError] = useState<unknown>(null)
  const [attempt, setAttempt] = useState(0)
  const [state, setState] = useState<ConnectionState>({ status: 'connecting', attempt: 1 })
  const [isVisitorTyping, setVisitorTyping] = useTimedFlag(5000)

  const setConversation = useCallback(
    (conversation: Conversation) => {
      dispatch({ type: 'conversation', conversation })
      placeInInbox(client, conversation, user.id)
    },
    [client, user.id],
  )

  useEffect(() => {
    let stop = () => {}
    let isOver = false
    setError(null)
    api.chat.listMessages.query({ conversationId, limit: pageSize }).then(
      ({ messages, lastSeq }) => {
        if (isOver) return
        dispatch({ type: 'loaded', messages })
        stop = followConversation(api, conversationId, {
          afterSeq: messages.at(-1)?.seq ?? lastSeq,
          onConnection: setState,
          onConversation: setConversation,
          onMarkers: (markers) => dispatch({ type: 'markers', markers }),
          onReset: () => dispatch({ type: 'reset' }),
          onMessage(message) {
            dispatch({ type: 'loaded', messages: [message] })
            if (message.author.kind === 'visitor') setVisitorTyping(false)
          },
          onTyping: ({ side, typing }) => side === 'visitor' && setVisitorTyping(typing),
        }).stop
      },
      (cause) => isOver || setError(cause),
    )
    return () => {
      isOver = true
      stop()
    }
  }, [conversationId, attempt, setConversation, setVisitorTyping])

  const loadOlder = useCallback(async () => {
    const beforeSeq = thread.messages[0]?.seq
    if (!beforeSeq || beforeSeq === 1) return
    const page = await api.chat.listMessages.query({ conversationId, beforeSeq, limit: olderSize })
    dispatch({ type: 'loaded', messages: page.messages })
  }, [conversationId, thread.messages])

  return {
    thread,
    dispatch,
    setConversation,
    error,
    connection: state,
    isVisitorTyping,
    loadOlder,
    reload: () => setAttempt((count) => count + 1),
  }
}

/** A screen full comes soonest; who goes back from there goes far. */
const pageSize = 60
const olderSize = 200

/** A flag that falls by itself unless it is raised again: a lost "stopped typing" must not last. */
function useTimedFlag(lastsMs: number): [boolean, (isUp: boolean) => void] {
  const [raisedAt, setRaisedAt] = useState(0)
  useEffect(() => {
    if (!raisedAt) return
    const timer = setTimeout(() => setRaisedAt(0), lastsMs)
    return () => clearTimeout(timer)
  }, [raisedAt, lastsMs])
  const set = useCallback((isUp: boolean) => setRaisedAt(isUp ? Date.now() : 0), [])
  return [raisedAt > 0, set]
}

export interface LiveThread {
  thread: Thread
  dispatch: (action: ThreadAction) => void
  /** Takes in what the server has just said of the conversation, here and in the inbox. */
  setConversation: (conversation: Conversation) => void
  error: unknown
  connection: ConnectionState
  isVisitorTyping: boolean
  loadOlder: () => Promise<void>
  reload: () => void
}
