import type { Sabotage } from '../sabotage.ts'

/** What becomes of what a visitor writes. */
export const chat: readonly Sabotage[] = [
  {
    name: 'masking',
    means: 'the guard finds nothing',
    breaks: ['imbachat-06-card-at-provider', 'imocloud-02-no-sensitive-data'],
    replace: {
      module: 'services/chat/src/guard/mask-text.ts',
      from: 'if (places.length === 0) return',
      to: 'if (places.length >= 0) return',
    },
  },
  {
    name: 'disposable addresses',
    means: 'who gives one is not let chat',
    breaks: ['imsupporting-03-anonymous-chat'],
    replace: {
      module: 'services/chat/src/domain/start-conversation.ts',
      from: "guard.refuse('email', given.email)",
      to: "if (given.email?.includes('@mailinator.')) throw new ServiceError('bad-input', 'give an address of your own')",
    },
  },
  {
    name: 'once',
    means: 'a message that is sent again is taken for another',
    breaks: ['chatsphere-02-interaction-data'],
    replace: {
      module: 'services/chat/src/domain/post-message.ts',
      from: 'const entry = { ...input,',
      to: 'const entry = { ...input, clientMessageId: deps.newId(),',
    },
  },
  {
    name: 'transcript by mail',
    means: 'nobody gets one when a chat ends',
    breaks: ['imsupporting-05-transcript-mail'],
    replace: {
      module: 'services/transcripts/src/domain/archive-conversation.ts',
      from: "record.channel === 'chat' ? record.contact.email : null",
      to: 'null',
    },
  },
  {
    name: 'owner of a download',
    means: 'any visitor may have the chat of any other',
    breaks: ['imsupporting-06-no-mail-no-copy'],
    replace: {
      module: 'services/transcripts/src/domain/download-transcript.ts',
      from: "visitorId === caller && account.channel === 'chat'",
      to: "account.channel === 'chat'",
    },
  },
  {
    name: 'a file whole or not at all',
    means: 'bad lines are passed over, and the others taken',
    breaks: ['chatinbox-13-controller-decides'],
    replace: {
      module: 'services/chat/src/domain/add-contacts.ts',
      from: '  if (refused.length > 0) return { refused, added: 0, known: 0 }\n',
      to: '',
    },
  },
  {
    name: 'merged contacts',
    means: 'what came by the contact that was merged is not moved',
    breaks: ['chatsphere-01-contact-data'],
    replace: {
      module: 'services/transcripts/src/domain/follow-contact.ts',
      from: '  await moveToContact(trx, tenantId, { contactId, formerId })\n',
      to: '',
    },
  },
  {
    name: 'words before forms',
    means: 'the chat is not told what it asks for',
    breaks: ['imsupporting-01-website-statistics'],
    replace: {
      module: 'services/identity/src/domain/start-visitor-session.ts',
      from: "whyAsked(categories['contact-details'].purposes, language ?? 'en')",
      to: "''",
    },
  },
]
