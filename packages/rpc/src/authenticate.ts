import type { Caller } from '@candor/contracts/callers'
import type { VerifyToken } from './access-token.ts'
import type { DoorContext } from './call.ts'
import { explainError } from './explain-error.ts'
import { ServiceError } from './service-error.ts'

/** Who calls, by the `authorization` header; without one, `otherwise`. */
export async function authenticate(
  verifyToken: VerifyToken,
  authorization: string | undefined,
  otherwise: Caller,
): Promise<DoorContext['authentication']> {
  if (!authorization) return { caller: otherwise }
  const token = /^Bearer ([\w.-]{1,4096})$/i.exec(authorization)?.[1]
  if (!token)
    return { refused: new ServiceError('not-signed-in', 'the authorization header must be "Bearer <token>"') }
  try {
    return await verifyToken(token)
  } catch (thrown) {
    return { refused: explainError(thrown) }
  }
}
