import type { ServiceName } from '@candor/contracts/callers'

/** The parts of Candor in words of whoever chats. */
export const serviceNames: Record<ServiceName, string> = {
  identity: 'Sign-in and sessions',
  chat: 'Chat',
  billing: 'Billing',
  transcripts: 'Transcripts',
  privacy: 'Privacy requests',
}

/** "Chat, Transcripts and Billing" */
export function listServices(services: readonly ServiceName[]): string {
  return listFormat.format(services.map((service) => serviceNames[service]))
}

const listFormat = new Intl.ListFormat('en')
