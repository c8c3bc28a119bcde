import type { MinorReport, Objection, PrivacyRequest } from '@candor/contracts/privacy/request-shapes'

export const sourceNames: Record<PrivacyRequest['source'], string> = {
  page: 'On the privacy page',
  widget: 'In the chat',
  console: 'In the console',
  staff: 'To a colleague',
  mail: 'By mail',
}

export const proofNames = {
  'mailed-link': 'by a mailed link',
  'signed-in': 'by being signed in',
  'document-check': 'by a document that a colleague saw',
} as const

export const processingNames: Record<Objection['processing'][number], string> = {
  'mail-copies': 'Copies of conversations by mail',
  statistics: 'Statistics',
  marketing: 'Marketing',
}

export const reporterNames: Record<MinorReport['reporter'], string> = {
  self: 'the person',
  parent: 'a parent',
  staff: 'a colleague',
  other: 'somebody else',
}

export const fieldNames = { name: 'Name', email: 'E-mail address', phone: 'Telephone number' } as const
