import {
  BadgeCheck,
  BookOpenCheck,
  Building2,
  ClipboardCheck,
  FileSignature,
  Fingerprint,
  Gavel,
  Inbox,
  Landmark,
  MessageCircleQuestion,
  ScrollText,
  ShieldAlert,
  Stamp,
  Timer,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'

/** The pages about privacy, in the order of the menu. */
export const placeGroups: { title: string; places: OfficePlace[] }[] = [
  {
    title: 'What people ask',
    places: [
      {
        path: 'requests',
        label: 'Requests',
        icon: Inbox,
        about: 'Rights that people use, with their deadlines',
      },
      { path: 'cases', label: 'Cases', icon: MessageCircleQuestion, about: 'Questions and complaints' },
    ],
  },
  {
    title: 'What you promise',
    places: [
      {
        path: 'notice',
        label: 'Notice',
        icon: ScrollText,
        about: 'Edit, preview and publish what you promise',
      },
      { path: 'retention', label: 'Retention', icon: Timer, about: 'How old data is, and what goes when' },
      { path: 'holds', label: 'Legal holds', icon: Landmark, about: 'What a law has you keep for longer' },
    ],
  },
  {
    title: 'Registers',
    places: [
      { path: 'breaches', label: 'Breaches', icon: ShieldAlert, about: 'Incidents, with the 72-hour clock' },
      { path: 'disclosures', label: 'Disclosures', icon: Gavel, about: 'What authorities asked for and got' },
      {
        path: 'recipients',
        label: 'Recipients',
        icon: Building2,
        about: 'Who else receives data, and where',
      },
      { path: 'agreements', label: 'Agreements', icon: FileSignature, about: 'Contracts about processing' },
      {
        path: 'briefings',
        label: 'Briefings',
        icon: BookOpenCheck,
        about: 'Who has read the privacy briefing',
      },
      {
        path: 'record',
        label: 'Record of processing',
        icon: ClipboardCheck,
        about: 'GDPR article 30, to print',
      },
      {
        path: 'evidence',
        label: 'Evidence of use',
        icon: Fingerprint,
        about: 'Who used the chat, for disputes',
      },
    ],
  },
  {
    title: 'Proof',
    places: [
      { path: 'audit', label: 'Audit log', icon: Stamp, about: 'Who read and did what, with proofs' },
      {
        path: 'conformance',
        label: 'Conformance',
        icon: BadgeCheck,
        about: 'Which promises were shown kept',
      },
    ],
  },
]

export interface OfficePlace {
  path: string
  label: string
  icon: LucideIcon
  about: string
}
