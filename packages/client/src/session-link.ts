import type { Operation, TRPCLink } from '@trpc/client'
import type { AnyRouter } from '@trpc/server'
import { observable } from '@trpc/server/observable'
import type { Unsubscribable } from '@trpc/server/observable'
import { findReason } from './call-error.ts'
import type { Session } from './session.ts'

/**
 * Repeats a call or a stream once with a new token when the one it carried was refused: nothing has happened at
 * the service by then, so that is safe for mutations too.
 */
export function sessionLink(session: Session): TRPCLink<AnyRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        let call: Unsubscribable
        let isRepeated = false
        let isOver = false
        const attempt = () => {
          call = next(op).subscribe({
            next: (value) => observer.next(value),
            complete: () => observer.complete(),
            error: (error) => {
              const refusedToken = op.context.accessToken
              const mayRepeat = !isRepeated && findReason(error) === 'not-signed-in'
              if (!mayRepeat || typeof refusedToken !== 'string') return observer.error(error)
              isRepeated = true
              session.renew(refusedToken).then(
                (token) => {
                  if (token === null) observer.error(error)
                  else if (!isOver) attempt()
                },
                (cause) => observer.error(cause),
              )
            },
          })
        }
        attempt()
        return () => {
          isOver = true
          call.unsubscribe()
        }
      })
}

/** Headers for these operations; each remembers the token it went with, should that be refused. */
export async function authorize(session: Session | undefined, ops: Iterable<Operation>): Promise<Headers> {
  const token = (await session?.getAccessToken()) ?? null
  for (const op of ops) op.context.accessToken = token
  return new Headers(token === null ? {} : { authorization: `Bearer ${token}` })
}
