/** What a kind of record is called by whoever did not build the service. */
export function tableName(table: string): string {
  return names[table] ?? table.charAt(0).toUpperCase() + table.slice(1).replaceAll('_', ' ')
}

const names: Record<string, string> = {
  outbox: 'Notes between the parts of the service',
  parked_events: 'Notes between the parts of the service that wait',
  mail_queue: 'Letters on their way',
  refresh_tokens: 'Keys of sessions',
  transcripts: 'Archived conversations',
  transcript_entries: 'Archived messages',
  chat_days: 'Figures: chats of a day',
  chat_counts: 'Figures: how chats went',
  sealed_addresses: 'Your address, sealed',
}
