import type { ServiceName } from '@candor/contracts/callers'

/** The parts of Candor in words of whoever chats. */
export const serviceNames: Record<ServiceName, string> = {
  identity: 'Sign-in and sessions',
  chat: 'Chat',
  billing: 'Billing',
  transcripts: 'Transcripts',
  privacy: 'Privacy requests',
}

/** "Chat and Transcripts" */
export function listServices(services: readonly ServiceName[]): string {
  if (services.length === Object.keys(serviceNames).length) return 'every part of the service'
  return listFormat.format(services.map((service) => serviceNames[service]))
}

const listFormat = new Intl.ListFormat('en')
