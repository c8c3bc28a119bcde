import type { Stack } from '../stack.ts'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

/** Where data can lie: databases by service, folders of files (streams, mail), and what was logged. */
export interface Places {
  databases: Record<string, string>
  folders: Record<string, string>
  log: () => string
}

/** Where any of the words lies, in every database, stream and log of a platform of ours. */
export function searchStores(stack: Stack, words: readonly string[]): Promise<string[]> {
  const databases = Object.fromEntries(
    Object.entries(stack.databases).map(([service, { superuserUrl }]) => [service, superuserUrl]),
  )
  // The mail server's folder is other people's mailboxes: what lies there has left.
  return searchEverywhere({ databases, folders: { stream: stack.folders.stream }, log: stack.log }, words)
}

/**
 * Looks for words in every row of every table of every database, in the broker's files, the mail spool and the log,
 * whatever any service says of itself. Answers where each was found, as `chat.messages` or `stream`.
 */
export async function searchEverywhere(places: Places, words: readonly string[]): Promise<string[]> {
  const found = await Promise.all([
    ...Object.entries(places.databases).map(([service, url]) => searchDatabase(service, url, words)),
    ...Object.entries(places.folders).map(([name, folder]) => searchFolder(name, folder, words)),
  ])
  const logged = words.some((word) => places.log().includes(word)) ? ['log'] : []
  return [...found.flat(), ...logged].toSorted()
}

async function searchDatabase(service: string, url: string, words: readonly string[]): Promise<string[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'm') order by 1`,
    )
    const found: string[] = []
    for (const { name } of tables) {
      const patterns = words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)
      const { rows } = await client
        .query<{ found: boolean }>(
          `select exists (select from ${name} t where t::text ilike any ($1::text[])) as found`,
          [patterns],
        )
        .catch(whereItIsGone)
      if (rows[0]?.found) found.push(`${service}.${name}`)
    }
    return found
  } finally {
    await client.end()
  }
}

/** A month may be dropped while it is looked for: what is gone holds nothing. */
function whereItIsGone(err: { code?: string }): { rows: [] } {
  if (err.code === '42P01') return { rows: [] }
  throw err
}

async function searchFolder(name: string, folder: string, words: readonly string[]): Promise<string[]> {
  const needles = words.map((word) => Buffer.from(word))
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries) {
    if (!entry.isFile()) continue
    // A file may go while it is looked for: what is gone holds nothing.
    const bytes = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0))
    if (needles.some((needle) => bytes.includes(needle))) return [name]
  }
  return []
}
