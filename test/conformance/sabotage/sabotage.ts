import type { ServiceName } from '@candor/contracts/callers'
import type { ClauseId } from '@candor/policy/packs'
import pg from 'pg'
import type { Stack } from '../../stack.ts'
import type { Replacement } from './replace-source.ts'

/**
 * One enforcement, switched off from outside: in the databases, or by taking a line out of a module as it is loaded.
 * What `breaks` names must be seen broken then, and nothing else.
 */
export interface Sabotage {
  readonly name: string
  /** By what it is switched off. */
  readonly means: string
  readonly breaks: readonly ClauseId[]
  readonly replace?: Replacement
  /** Done to the platform before anybody uses it. */
  readonly apply?: (stack: Stack, held: AsyncDisposableStack) => Promise<void>
}

/** Changes a service's database past every rule of it. */
export async function alter(stack: Stack, service: ServiceName, text: string): Promise<void> {
  const client = new pg.Client(stack.databases[service].superuserUrl)
  await client.connect()
  await client.query(text)
  await client.end()
}

/** From now on notices of a pack are stored with something else than was published. */
export function alterNotices(stack: Stack, pack: string, change: string): Promise<void> {
  return alter(
    stack,
    'privacy',
    `create function alter_notice() returns trigger language plpgsql as $$
     begin if new.pack = '${pack}' then ${change}; end if; return new; end $$;
     create trigger alter_notice before insert on notice_versions for each row execute function alter_notice()`,
  )
}
