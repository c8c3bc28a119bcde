import type { Contract } from '@candor/contracts/contract'
import type { dataHolder } from '@candor/contracts/data-holder'
import type { operations } from '@candor/contracts/operations'
import type { transcripts } from '@candor/contracts/transcripts'
import type { HandlersOf } from '@candor/rpc/implement'
import type { Deps } from './domain/deps.ts'
import { downloadTranscript } from './domain/download-transcript.ts'
import { getStatistics } from './domain/get-statistics.ts'
import { getTranscript } from './domain/get-transcript.ts'
import { mailTranscript } from './domain/mail-transcript.ts'
import { exportTranscripts, importTranscript } from './domain/portability.ts'
import { rateConversation } from './domain/rate-conversation.ts'
import { searchTranscripts } from './domain/search-transcripts.ts'

export function transcriptsRouter(deps: Deps): HandlersOf<Contract<'transcripts', OwnRows>> {
  return {
    getTranscript: (input, call) => getTranscript(deps, call.caller, input),
    searchTranscripts: (input, call) => searchTranscripts(deps, call.caller, input),
    downloadTranscript: (input, call) => downloadTranscript(deps, call.caller, input),
    getStatistics: (input, call) => getStatistics(deps, call.caller, input),
    rateConversation: (input, call) => rateConversation(deps, call.caller, input),
    exportTranscripts: (input) => exportTranscripts(deps, input),
    importTranscript: (input) => importTranscript(deps, input),
    mailTranscript: (input, call) => mailTranscript(deps, call.caller, input),
  }
}

type OwnRows = Omit<typeof transcripts.procedures, keyof typeof dataHolder | keyof typeof operations>
