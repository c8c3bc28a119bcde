import { badInput } from '@candor/rpc/service-error'
import { z } from 'zod'
import type { Place } from '../store/search.ts'

/** A place in a list of hits as clients carry it; nothing in it is meant for them. */
export function writeCursor({ rank, closedAt, conversationId }: Place, isForgiving: boolean): string {
  const place = [rank, closedAt.getTime(), conversationId, isForgiving]
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** `isForgiving`: in a list of hits of which some words were typed otherwise. */
export function readCursor(cursor: string): { after: Place; isForgiving: boolean } {
  const parsed = Cursor.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()))
  if (!parsed.success) throw badInput('cursor', 'not a cursor that was given out here')
  const [rank, closedAtMs, conversationId, isForgiving] = parsed.data
  return { after: { rank, closedAt: new Date(closedAtMs), conversationId }, isForgiving }
}

/** The latest day a JavaScript date and PostgreSQL both know. */
const timeMaxMs = 8.64e15

const Cursor = z.tuple([z.int32().min(0), z.number().int().min(0).max(timeMaxMs), z.uuid(), z.boolean()])

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
