import type { Channel } from '@candor/contracts/policy/categories'
import { AtSign, Mail, MessageCircle, Phone } from 'lucide-react'
import type { Choice } from '../../ui/option.tsx'

/** Says by which channel a conversation came. */
export function ChannelMark({ channel }: { channel: Channel }) {
  const Icon = icons[channel]
  return (
    <span className="inline-flex shrink-0 items-center gap-1 text-xs text-muted">
      <Icon aria-hidden="true" className="size-3.5" />
      {channelNames[channel]}
    </span>
  )
}

export const channelNames: Record<Channel, string> = {
  chat: 'Chat',
  mail: 'E-mail',
  call: 'Phone call',
  social: 'Social media',
}

/** Every channel, and none of them in particular. */
export const channelChoices: Choice<Channel | 'any'>[] = [
  { id: 'any', label: 'All channels' },
  ...Object.entries(channelNames).map(([id, label]) => ({ id: id as Channel, label })),
]

const icons = { chat: MessageCircle, mail: Mail, call: Phone, social: AtSign }
