import type { dataHolder } from '@candor/contracts/data-holder'
import type { operations } from '@candor/contracts/operations'
import type { privacy } from '@candor/contracts/privacy'
import type { HandlersOf } from '@candor/rpc/implement'
import type { Deps } from './domain/deps.ts'
import { getAccessAnswer } from './domain/get-access-answer.ts'
import { getNotice } from './domain/get-notice.ts'
import { openRequest } from './domain/open-request.ts'
import { proveIdentity } from './domain/prove-identity.ts'
import { getRequest, listRequests } from './domain/read-requests.ts'
import { getReceipt, verifyReceipt } from './domain/receipts.ts'

/** What privacy does for its callers, a line per procedure. */
export function privacyRouter(
  deps: Deps,
): Omit<HandlersOf<typeof privacy>, keyof typeof dataHolder | keyof typeof operations> {
  return {
    getNotice: ({ business }) => getNotice(deps, business),
    openRequest: (input, call) => openRequest(deps, call, input),
    proveIdentity: (input) => proveIdentity(deps, input),
    getRequest: ({ requestId }, call) => getRequest(deps, call.caller, requestId),
    listRequests: (_, call) => listRequests(deps, call.caller),
    getAccessAnswer: ({ requestId }, call) => getAccessAnswer(deps, call.caller, requestId),
    getReceipt: ({ requestId }, call) => getReceipt(deps, call.caller, requestId),
    verifyReceipt: ({ jws }) => verifyReceipt(deps, jws),
  }
}
