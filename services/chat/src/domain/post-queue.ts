import { ServiceError } from '@candor/rpc/service-error'
import type { Log } from '@candor/runtime/logger'
import type { Metrics } from '@candor/runtime/metrics'
import { postgresTrouble } from '@candor/runtime/postgres'
import type { Kysely } from 'kysely'
import { postMessages } from '../store/post-messages.ts'
import type { NewPost, Posted } from '../store/post-messages.ts'
import type { Database } from '../store/tables.ts'

/**
 * Commits posts in groups: what comes while others are being stored is stored together next, by one flush to disk. No
 * timer: a post that finds nothing under way goes at once. Two groups may be under way, and none of the posts in them
 * share a conversation. The answer is what was stored, after its commit, or undefined where the post has to be tried alone, as it has to
 * where its group failed; it throws while PostgreSQL is away. Nothing waits for long: what was not begun in time is refused,
 * and so is what would be one too many. A post waits `waitMs` at least and twice that at most.
 */
export function createPostQueue(
  { db, log, metrics }: Needs,
  { waitMs = 4_000, waitingMax = 5_000 } = {},
): PostQueue {
  const size = metrics.histogram('chat_post_group_size', 'Messages committed at once', [], groupSizes)
  const talking = new Set<string>()
  let waiting: Waiting[] = []
  let underWay = 0
  let timer: NodeJS.Timeout | undefined

  function refuseLate(): void {
    const since = performance.now() - waitMs
    const late = waiting.filter(({ came }) => came < since)
    waiting = waiting.filter(({ came }) => came >= since)
    timer = waiting.length > 0 ? setTimeout(refuseLate, waitMs) : undefined
    for (const one of late) one.reject(tooMuch())
  }

  async function commit(): Promise<void> {
    if (underWay === groupsMax) return
    const group = takeGroup()
    if (group.length === 0) return
    underWay++
    size.observe(group.length)
    try {
      const posted = await postMessages(
        db,
        group.map(({ post }) => post),
      )
      group.forEach((one, place) => one.resolve(posted[place]))
    } catch (err) {
      if (postgresTrouble(err) === 'gone') group.forEach((one) => one.reject(err))
      else {
        log.warn({ err, count: group.length }, 'a group of messages is stored one by one')
        group.forEach((one) => one.resolve(undefined))
      }
    } finally {
      underWay--
      group.forEach(({ post }) => talking.delete(post.conversationId))
    }
    void commit()
  }

  function takeGroup(): Waiting[] {
    const group: Waiting[] = []
    const later: Waiting[] = []
    for (const one of waiting) {
      const goes = group.length < groupSizeMax && !talking.has(one.post.conversationId)
      if (goes) talking.add(one.post.conversationId)
      ;(goes ? group : later).push(one)
    }
    waiting = later
    return group
  }

  return {
    put: (post) =>
      new Promise((resolve, reject) => {
        if (waiting.length === waitingMax) return reject(tooMuch())
        waiting.push({ post, resolve, reject, came: performance.now() })
        void commit()
        if (waiting.length > 0) timer ??= setTimeout(refuseLate, waitMs)
      }),
  }
}

export interface PostQueue {
  put(post: NewPost): Promise<Posted | undefined>
}

function tooMuch(): ServiceError {
  return new ServiceError('unavailable', 'messages are stored too slowly; try again')
}

const groupsMax = 2
const groupSizeMax = 128
const groupSizes = [1, 2, 4, 8, 16, 32, 64, 128]

interface Needs {
  db: Kysely<Database>
  log: Log
  metrics: Metrics
}

interface Waiting {
  post: NewPost
  resolve: (posted: Posted | undefined) => void
  reject: (err: unknown) => void
  came: number
}
