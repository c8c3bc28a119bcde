import type { Replacement } from '../../conformance/sabotage/replace-source.ts'
import type { Found } from '../check/check-history.ts'
import type { Traffic } from '../load/traffic.ts'
import type { Platform } from '../platform/start-platform.ts'

/**
 * Known-bad variants of the platform, each with the kind of fault that has to bring it to light. The line is taken out of
 * a module as it is loaded, by who starts the process: nothing in the platform can switch it on.
 */
export const plantedFaults: readonly PlantedFault[] = [
  {
    name: 'acknowledged before it is on disk',
    replace: {
      module: 'packages/runtime/src/postgres.ts',
      from: 'lock_timeout: 5_000,',
      to: "lock_timeout: 5_000, synchronous_commit: 'off',",
    },
    strike: ({ children }) => kill(children.postgres!.pid()),
    seenAs: 'lost',
  },
  {
    name: 'a message that is sent again is another',
    replace: {
      module: 'services/chat/src/domain/post-message.ts',
      from: 'const entry = { ...input,',
      to: 'const entry = { ...input, clientMessageId: deps.newId(),',
    },
    strike: ({ children }) => kill(children.chat!.pid()),
    seenAs: 'doubled',
  },
  {
    name: 'marked as published before it is',
    replace: {
      module: 'packages/events/src/relay.ts',
      from: 'const published = await publish',
      to: 'await markPublished(connection, rows.map(({ id }) => ({ id, streamSeq: null })), options.clock.now()); await new Promise((resolve) => setTimeout(resolve, 200)); const published = await publish',
    },
    strike: ({ children }) => kill(children.chat!.pid()),
    seenAs: 'copy',
  },
  {
    name: 'acknowledged to the broker before it is committed',
    replace: {
      module: 'packages/events/src/consume.ts',
      from: 'const stillWorking =',
      to: 'message.ack(); await new Promise((resolve) => setTimeout(resolve, 200)); const stillWorking =',
    },
    strike: ({ children }) => kill(children.billing!.pid()),
    seenAs: 'copy',
  },
  {
    name: 'nobody looks whether the broker lost something',
    replace: {
      module: 'packages/events/src/republish-lost.ts',
      from: 'if (!last ||',
      to: 'if (last || !last ||',
    },
    strike: ({ broker }) => broker.deleteStore(),
    seenAs: 'copy',
  },
  {
    name: 'a stream resumes one message too far',
    replace: {
      module: 'services/chat/src/live/follow-conversation.ts',
      from: 'seq = asked\n',
      to: 'seq = Math.min(asked + 1, lastSeq)\n',
    },
    strike: (_, { readers }) => readers.forEach(({ cut }) => cut()),
    seenAs: 'stream-gap',
  },
]

function kill(pid: number | undefined): void {
  if (pid !== undefined) process.kill(pid, 'SIGKILL')
}

export interface PlantedFault {
  name: string
  replace: Replacement
  /** What is done to the platform now and then. */
  strike(platform: Platform, traffic: Traffic): void
  /** What the checker has to find, among other things. */
  seenAs: Found['kind']
}
