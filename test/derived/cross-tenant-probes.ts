import { randomUUID } from 'node:crypto'
import { roles } from '@candor/contracts/callers'
import type { NamedProcedure } from './every-procedure.ts'
import { everyPublicProcedure } from './every-procedure.ts'
import { fieldsOf, put, sampleInput } from './sample-input.ts'
import type { Field } from './sample-input.ts'
import type { Tenant } from './tenants.ts'

/**
 * Calls by everybody of one tenant with ids of another, at least `count`: every procedure with the ids that belong there,
 * for everybody whom it lets in, and then every place for an id by itself, with other ids drawn by `random`. Beside them,
 * to compare with, the same with ids that nobody has.
 */
export function crossTenantProbes(options: Options): Probe[] {
  const callers = probed.flatMap((row) =>
    insiders
      .filter((who) => row.procedure.access.includes(who) || row.procedure.access.includes('anyone'))
      .map((who) => ({ ...row, who })),
  )
  const places = callers.flatMap((caller) =>
    fieldsOf(caller.procedure).flatMap((field) => (field.isId ? [{ caller, field }] : [])),
  )
  const plain = callers.flatMap((caller) => plainProbes(caller, options))
  const each = Math.max(1, Math.ceil((options.count - plain.length) / places.length))
  return [...plain, ...places.flatMap((place) => placedProbes(place, each, options))]
}

/** The one ends the probing session; the other counts a wrong proof against its request, whoever sends it. */
const probed = everyPublicProcedure.filter(({ name }) => !['signOut', 'proveIdentity'].includes(name))

const insiders = [...roles, 'visitor', 'subject'] as const

function plainProbes(caller: Caller, { mine, theirs }: Options): Probe[] {
  const named = fieldsOf(caller.procedure).flatMap(({ isId, path }) => {
    const name = path.at(-1)! as keyof Tenant['ids']
    return isId && Object.hasOwn(theirs.ids, name) ? [name] : []
  })
  const ids = Object.fromEntries(named.map((name) => [name, theirs.ids[name]]))
  return [true, false].map((everything) => {
    const input = sampleInput(caller.procedure, { ...mine.ids, ...freshKeys(), ...ids }, everything)
    const sent = JSON.stringify(input)
    const asked = Object.values(ids).filter((id) => sent.includes(id))
    return { ...caller, input, asked, group: undefined }
  })
}

/** What differs is one id, in one place. */
function placedProbes({ caller, field }: Place, each: number, options: Options): Probe[] {
  const { mine, theirs, theirIds, random } = options
  const { procedure } = caller
  const name = field.path.at(-1)!
  const isKey = keys.includes(name) && procedure.kind === 'mutation' && fieldsOf(procedure).length > 1
  const group = { name: `${caller.service}.${caller.name} ${field.path.join('.')} ${caller.who}`, isKey }
  const placed = (id: string, everything: boolean, asked: string[]): Probe => {
    // Nothing of mine is erased on the way: later probes need it.
    const known = { ...mine.ids, ...freshKeys(), contactIds: [randomUUID()] }
    const input = sampleInput(procedure, known, everything || field.path.includes('0'))
    return { ...caller, input: put(input, field.path, field.isList ? [id] : id), asked, group }
  }
  const inBothForms = (ids: readonly string[]) =>
    ids.flatMap((id) => [true, false].map((everything) => ({ id, everything, lot: random() })))
  const belonging = inBothForms([theirs.ids[name as keyof Tenant['ids']]].filter(Boolean))
  const others = inBothForms(isKey ? theirIds.keys : theirIds.others)
  const drawn = [...belonging, ...others.toSorted((one, other) => one.lot - other.lot)].slice(0, each)
  return [
    ...[true, false].map((everything) => placed(randomUUID(), everything, [])),
    ...drawn.map(({ id, everything }) => placed(id, everything, [id])),
  ]
}

/** Ids that whoever makes something chooses for it. */
const keys = ['clientMessageId', 'recordKey', 'instructionId']

/** New for each call: a key that was used for something else would be refused for that. */
export function freshKeys(): Record<string, string> {
  return Object.fromEntries(keys.map((key) => [key, randomUUID()]))
}

interface Options {
  mine: Pick<Tenant, 'ids'>
  theirs: Pick<Tenant, 'ids'>
  theirIds: TheirIds
  count: number
  random: () => number
}

/** Ids of the other tenant: those that are tried as keys of one's own become one's own, so there nothing else is tried. */
export interface TheirIds {
  keys: readonly string[]
  others: readonly string[]
}

interface Caller extends NamedProcedure {
  who: (typeof insiders)[number]
}

interface Place {
  caller: Caller
  field: Field
}

export interface Probe extends Caller {
  input: unknown
  /** The ids of the other tenant that the input names. */
  asked: string[]
  /** Probes of one group differ in one id only; undefined where each stands for itself. */
  group: { name: string; isKey: boolean } | undefined
}

/** Those that are there to compare with do not count. */
export function isProbe({ asked, group }: Probe): boolean {
  return !group || asked.length > 0
}
