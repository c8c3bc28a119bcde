import type { Grounds } from './grounds.ts'
import type { Place } from './clients/writers.ts'
import { startProgram } from './programs.ts'

let started = 0

/** One of the `clients` as a process of its own; one that talks begins by reading the watched conversations of `place`. */
export async function startClient(
  grounds: Grounds,
  name: 'talk' | 'inserts' | 'calls' | 'notes',
  place?: Place,
) {
  const client = await startProgram({
    name: `client-${++started}-${name}`,
    script: new URL(`./clients/${name}.ts`, import.meta.url).pathname,
    folder: grounds.folder,
    nodeOptions: grounds.productOptions,
    env: {},
  })
  if (place)
    await client.ask('open', { place, readers: Array.from({ length: place.watched }, (_, at) => at) })
  return client
}
