import type { RequestKind } from '@candor/contracts/policy/policy'

/** Each request as whoever makes it would say it, and what comes of it. */
export const kinds: Record<RequestKind, { title: string; outcome: string }> = {
  access: {
    title: 'See what is held about you',
    outcome: 'You read it here or take it with you, and you can have it erased.',
  },
  erasure: {
    title: 'Have it erased',
    outcome: 'You see every part of the service erase its records, and get a signed receipt.',
  },
  correction: {
    title: 'Have something corrected',
    outcome: 'Staff decide and say why. What is approved is corrected everywhere, and you are told.',
  },
  restriction: {
    title: 'Have its use restricted',
    outcome: 'From then on it is stored and used for nothing, until you lift that.',
  },
  objection: {
    title: 'Object to a use',
    outcome: 'The use stops at once. It is taken up again only for compelling grounds, which you are told.',
  },
  portability: {
    title: 'Take it to another business',
    outcome: 'You get a signed file in a documented format.',
  },
  deactivation: {
    title: 'Deactivate your account',
    outcome: 'Nobody signs in with it any more. What you wrote stays and still shows your name.',
  },
  'marketing-opt-out': {
    title: 'Stop news and offers',
    outcome: 'No more letters of that kind go to this address.',
  },
  'minor-report': {
    title: 'Report a minor',
    outcome: 'The account or chat is hidden at once, and erased once that is confirmed.',
  },
  'ccpa-know': {
    title: 'Know what was collected (California)',
    outcome: 'You read what, from where, what for and to whom it went.',
  },
  'ccpa-delete': {
    title: 'Have it deleted (California)',
    outcome: 'It goes everywhere, with a signed receipt.',
  },
  'ccpa-correct': {
    title: 'Have something corrected (California)',
    outcome: 'Staff decide and say why. What is approved is corrected everywhere, and you are told.',
  },
  'ccpa-opt-out': {
    title: 'Opt out of sale and sharing (California)',
    outcome: 'Nothing is sold in any case; marketing and statistics leave you out.',
  },
}

/** Whether proving the address is the last question before everything goes. */
export function erases(kind: RequestKind): boolean {
  return kind === 'erasure' || kind === 'ccpa-delete'
}
