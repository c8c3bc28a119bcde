import type { Sabotage } from '../sabotage.ts'

/** Who gets news. */
export const marketing: readonly Sabotage[] = [
  {
    name: 'consent to offers',
    means: 'campaigns go to every address that has a preference',
    breaks: ['imbachat-04-marketing'],
    replace: {
      module: 'services/privacy/src/domain/marketing/send-mailing.ts',
      from: '({ offers, confirmedAt }) => offers && confirmedAt',
      to: '() => true',
    },
  },
  {
    name: 'instruction of a campaign',
    means: 'it may be left out',
    breaks: ['chatinbox-10-processor-only'],
    replace: {
      module: 'packages/contracts/src/privacy/marketing.ts',
      from: 'instruction: prose(10, 2_000)',
      to: 'instruction: z.string()',
    },
  },
  {
    name: 'purposes',
    means: 'a purpose that differs from the declared one is let through',
    breaks: ['imsupporting-13-never-sold', 'chatsphere-03-purposes'],
    replace: {
      module: 'packages/rpc/src/admit.ts',
      from: 'if (stated !== null && stated !== purpose)',
      to: 'if (false)',
    },
  },
]
