import { clientsOf } from '../../story/clients.ts'
import type { Clients } from '../../story/clients.ts'
import type { NewBusiness } from '../new-business.ts'

/** What has come in at the shop before the first picture: one conversation in hand, one closed, some waiting. */
export async function busyMorning(url: string, { business, accessToken }: NewBusiness): Promise<void> {
  const staff = clientsOf(url, accessToken)
  const write = async ({ texts: [text, ...more], ...contact }: Caller) => {
    const visitor = await startVisit(url, business.widgetKey)
    const { conversation } = await visitor.chat.startConversation.mutate({ ...contact, text: text! })
    for (const next of more) await visitor.chat.postMessage.mutate(message(conversation.id, next))
    return conversation.id
  }
  const done = await write({
    name: 'Tomás Rey',
    email: 'tomas@example.org',
    texts: ['Is my Baker ready to be picked up?'],
  })
  await staff.chat.takeConversation.mutate({ conversationId: done })
  await staff.chat.postMessage.mutate(message(done, 'New chain, new cables, all yours from ten o’clock.'))
  await staff.chat.closeConversation.mutate({ conversationId: done })
  for (const caller of waiting) await write(caller)
}

/** Somebody who has just clicked on the chat. */
async function startVisit(url: string, widgetKey: string): Promise<Clients> {
  const { accessToken } = await clientsOf(url).identity.startVisitorSession.mutate({ widgetKey })
  return clientsOf(url, accessToken)
}

function message(conversationId: string, text: string) {
  return { conversationId, text, clientMessageId: crypto.randomUUID() }
}

const page = 'https://rosies-bicycles.example/'
const waiting: Caller[] = [
  { name: 'Jonas Lindqvist', texts: ['Do you also mend coaster brakes?'], page },
  { texts: ['Are you open on Sunday?'], page },
  {
    name: 'Priya Raman',
    email: 'priya@example.org',
    texts: ['Hello!', 'Can the Ferry carry a cello?'],
    page,
  },
]

interface Caller {
  name?: string
  email?: string
  page?: string
  texts: string[]
}
