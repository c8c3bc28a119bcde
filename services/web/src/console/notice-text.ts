import type { Author, Notice } from '@candor/contracts/chat/schemas'

/** What somebody did to a conversation, as a line in it. Whoever did it may have left since. */
export function noticeText(notice: Notice, author: Author): string {
  const name = (author.kind === 'staff' && author.name) || 'A colleague'
  return `${name} ${verbs[notice]} the conversation`
}

const verbs: Record<Notice, string> = { taken: 'took', closed: 'closed' }
