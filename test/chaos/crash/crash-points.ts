import { AsyncLocalStorage } from 'node:async_hooks'
import { appendFileSync, existsSync, readFileSync, unlinkSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { DefaultQueryExecutor, TransactionBuilder } from 'kysely'
import pg from 'pg'
import { instrument } from './instrument.ts'
import { isOfPlatform, passesOn } from './modules.ts'
import { nameOpening, openingsOf, writes } from './openings.ts'

/**
 * Loaded into the services' processes before their own modules. Each crash point that is come to is noted in `reached`,
 * and one for which a file lies in `armed` kills the process where it stands, once. `clock` moves its time.
 */
const folder = process.env.CHAOS_CRASH_DIR!
const root = new URL('../../../', import.meta.url)
const clock = join(folder, 'clock')
if (existsSync(clock)) process.env.CLOCK_OFFSET_MS = readFileSync(clock, 'utf8')

const reached = new Set<string>()

function reach(site: string): void {
  if (!reached.has(site)) appendFileSync(join(folder, 'reached'), `${site}\n`)
  reached.add(site)
}

function crashPoint(site: string): void {
  reach(site)
  if (takeUp(join(folder, 'armed', encodeURIComponent(site)))) process.kill(process.pid, 'SIGKILL')
}
Object.assign(globalThis, { crashPoint })

/** Whether it was there, and nobody else took it. */
function takeUp(file: string): boolean {
  if (!existsSync(file)) return false
  try {
    unlinkSync(file)
    return true
  } catch {
    return false
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
    const { sites, ...instrumented } = instrument(source, url.slice(root.href.length))
    return sites.length > 0 ? { ...loaded, ...instrumented } : loaded
  },
})

/** Where the commit that runs was begun. */
const begun = new AsyncLocalStorage<string>()

const inTransaction = TransactionBuilder.prototype as unknown as Record<'execute', Method>
const { execute } = inTransaction
inTransaction.execute = function (...args) {
  return begun.run(findOpening(), () => execute.apply(this, args))
}

const executors = Object.getPrototypeOf(DefaultQueryExecutor.prototype) as Record<'executeQuery', Method>
const { executeQuery } = executors
executors.executeQuery = function (...args) {
  const [{ sql }] = args as [{ sql: string }]
  return writes.test(sql)
    ? begun.run(findOpening(), () => executeQuery.apply(this, args))
    : executeQuery.apply(this, args)
}

/** Commits: the word itself, and each statement that writes outside a transaction. */
const clients = pg.Client.prototype as unknown as Record<'query', Method>
const { query } = clients
const open = new WeakMap<object, { where: string; isWritten: boolean }>()
clients.query = function (...args) {
  const [given] = args as [string | { text?: string }]
  const text = typeof given === 'string' ? given : given.text
  if (text === undefined) return query.apply(this, args)
  const where = begun.getStore() ?? 'an unknown place'
  if (text === 'begin') open.set(this, { where, isWritten: false })
  const transaction = open.get(this)
  if (writes.test(text)) {
    if (!transaction) return commit({ where, isWritten: true }, () => query.apply(this, args))
    transaction.isWritten = true
  }
  if (text === 'commit' || text === 'rollback') open.delete(this)
  return transaction && text === 'commit'
    ? commit(transaction, () => query.apply(this, args))
    : query.apply(this, args)
}

/** Where nothing was written, there is nothing that could have happened by the time it is answered. */
async function commit(
  { where, isWritten }: { where: string; isWritten: boolean },
  send: () => unknown,
): Promise<unknown> {
  if (isWritten) reach(`after commit in ${where}`)
  crashPoint(`before commit in ${where}`)
  const answer = await send()
  if (isWritten) crashPoint(`after commit in ${where}`)
  return answer
}

/** The place in the source that the stack leads to, past those that only pass it on. */
function findOpening(): string {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 40
  const frames = [...new Error().stack!.matchAll(/(file:[^):]*?\.ts)(?:\?[^):]*)?:(\d+):\d+/g)]
  Error.stackTraceLimit = limit
  const own = frames
    .filter(([, url]) => isOfPlatform(url!))
    .map(([, url, line]) => ({ module: url!.slice(root.href.length), line: Number(line) }))
  const found = own.find(({ module }) => !passesOn(module))
  if (!found) return 'an unknown place'
  const nth = linesOf(found.module).findLastIndex((line) => line <= found.line)
  return nth === -1 ? `${found.module}, line ${found.line}, unlisted` : nameOpening(found.module, nth)
}

const lines = new Map<string, number[]>()

function linesOf(module: string): number[] {
  const known = lines.get(module) ?? openingsOf(readFileSync(new URL(module, root), 'utf8'))
  lines.set(module, known)
  return known
}

type Method = (this: object, ...args: unknown[]) => unknown
