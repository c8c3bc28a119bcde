import { anyone, visitorOrStaff } from '@candor/contracts/callers'
import { contract, mutation } from '@candor/contracts/contract'
import type { RouterOf } from '@candor/contracts/contract'
import { Id, printable } from '@candor/contracts/fields'
import { z } from 'zod'

/** What a trivial mutation takes, also of the rivals. */
export const Rename = z.object({ id: Id, title: printable(1, 200) })

/** A service with next to nothing behind its doors, so that the doors are what is measured. It has the name of one, since that is how NATS lets it be served. */
export const small = contract('billing', {
  rename: mutation({
    summary: 'Gives something another title.',
    access: [...anyone, ...visitorOrStaff, 'operator'],
    purpose: 'none',
    input: Rename,
    output: z.object({ id: Id, title: z.string() }),
  }),
})
export type SmallRouter = RouterOf<typeof small>
