import { appendFileSync, readFileSync, rmSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import pg from 'pg'
import { instrument, isOfPlatform } from './instrument.ts'

/**
 * Loaded into the services' processes before their own modules. Each crash point that is met is noted in `reached`, and the
 * one named in `armed` kills the process where it stands, once.
 */
const folder = process.env.CHAOS_CRASH_DIR!
const root = new URL('../../../', import.meta.url).href
const met = new Set<string>()

function crashPoint(site: string): void {
  if (!met.has(site)) appendFileSync(join(folder, 'reached'), `${site}\n`)
  met.add(site)
  if (readArmed() !== site) return
  rmSync(join(folder, 'armed'))
  process.kill(process.pid, 'SIGKILL')
}
Object.assign(globalThis, { crashPoint })

function readArmed(): string | undefined {
  try {
    return readFileSync(join(folder, 'armed'), 'utf8')
  } catch {
    return undefined
  }
}

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    if (!isOfPlatform(url) || loaded.source == null) return loaded
    const source =
      typeof loaded.source === 'string'
        ? loaded.source
        : Buffer.from(loaded.source as Uint8Array).toString('utf8')
    return { ...loaded, source: instrument(source, url.slice(root.length)).source }
  },
})

/** Commits: the word itself, and each statement that writes outside a transaction. */
const send = pg.Client.prototype.query as (this: pg.Client, ...args: unknown[]) => unknown
const inTransaction = new WeakSet<pg.Client>()
pg.Client.prototype.query = function query(this: pg.Client, ...args: unknown[]) {
  const [text] = args
  if (text === 'begin') inTransaction.add(this)
  const isCommit =
    text === 'commit' || (!inTransaction.has(this) && typeof text === 'string' && writes.test(text))
  if (text === 'commit' || text === 'rollback') inTransaction.delete(this)
  if (!isCommit) return send.apply(this, args)
  const where = findCaller()
  crashPoint(`before commit in ${where}`)
  const answer = send.apply(this, args)
  if (answer instanceof Promise)
    return answer.then((result) => {
      crashPoint(`after commit in ${where}`)
      return result
    })
  return answer
} as typeof pg.Client.prototype.query

const writes = /\b(insert into|update|delete from|post_messages\()/i

/** The module of ours from which a statement comes, beside those that only pass it on. */
function findCaller(): string {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 60
  const lines = new Error().stack!.split('\n')
  Error.stackTraceLimit = limit
  const own = lines
    .map((line) => /file:[^):]*?\.ts/.exec(line)?.[0])
    .filter((url) => url !== undefined && isOfPlatform(url))
    .map((url) => url!.slice(root.length))
  return own.find((module) => !passingOn.test(module)) ?? own[0] ?? 'an unknown place'
}

const passingOn = /^packages\/runtime\/src\/(answer-deadline|tenancy|postgres)\.ts$/
