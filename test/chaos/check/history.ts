/**
 * What was done and seen, in the order in which one process wrote it down: what stands before happened before. Each
 * text is written once (`writer-counter`), however often it is sent.
 */
export type Entry = { conversation: string } & (Written | Seen)

type Written =
  | { type: 'invoke'; text: string }
  /** Acknowledged: it must be there, under this number. */
  | { type: 'ok'; text: string; seq: number }
  /** Nobody knows: timed out or cut. It may have happened, or happen yet. */
  | { type: 'info'; text: string; why?: string }
  /** Refused: it must not be there. */
  | { type: 'fail'; text: string }

type Seen =
  /** Delivered to a reader by its live stream. */
  | { type: 'saw'; reader: string; seq: number; text: string | null }
  /** It begins with the first message; or anew, as its stream said it has to. */
  | { type: 'begins'; reader: string }

/** What is kept in the end. */
export interface EndState {
  /** What a conversation holds, as its readers list it. */
  conversations: Record<string, Kept[]>
  /** What others made of it, by their names: each must have the same, in the same order. */
  copies: Record<string, Record<string, Kept[]>>
  /** How many messages others counted in all. */
  counted: Record<string, number>
}

export interface Kept {
  seq: number
  /** Null for what nobody wrote, as the notice that a conversation was closed. */
  text: string | null
}
