import type { AnyContract } from '@candor/contracts/contract'
import type { dataHolder } from '@candor/contracts/data-holder'
import type { operations } from '@candor/contracts/operations'
import type { HandlersOf } from '@candor/rpc/implement'

/** The handlers a service writes itself: all rows but those that every service answers alike. */
export type OwnHandlersOf<C extends AnyContract> = Omit<
  HandlersOf<C>,
  keyof typeof dataHolder | keyof typeof operations
>
