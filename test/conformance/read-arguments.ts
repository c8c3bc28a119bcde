import { parseArgs } from 'node:util'
import { packIds } from '@candor/contracts/policy/tenant-rules'
import { clauseIds, clauses } from '@candor/policy/clauses'
import { againsts, clausesAgainst } from './sabotage/clauses-against.ts'
import type { Against } from './sabotage/clauses-against.ts'
import type { Sabotage } from './sabotage/sabotage.ts'
import { sabotages } from './sabotage/sabotages.ts'

/** What the command line asks for; what it cannot mean is told, and ends the command. */
export function readArguments() {
  const { values } = parseArgs({
    options: {
      pack: { type: 'string' },
      clause: { type: 'string', multiple: true },
      url: { type: 'string' },
      json: { type: 'string' },
      html: { type: 'string' },
      write: { type: 'boolean', default: false },
      sabotage: { type: 'boolean', default: false },
      without: { type: 'string', multiple: true, default: [] },
      against: { type: 'string', default: 'packs' },
      'side-by-side': { type: 'string', default: '1' },
    },
  })
  const { pack, clause, url, without } = values
  if (pack !== undefined && !packIds.some((one) => one === pack))
    refuse(`There is no pack "${pack}". The packs are ${packIds.join(', ')}.`)
  if (!isAgainst(values.against)) refuse(`--against takes ${againsts.join(', ')}.`)
  const names = sabotages.map(({ name }) => name)
  const unknown = without.find((name) => !names.includes(name))
  if (unknown !== undefined)
    refuse(`There is no "${unknown}". What can be switched off:\n  ${names.join('\n  ')}`)
  const switchedOff = values.sabotage ? sabotages : sabotages.filter(({ name }) => without.includes(name))
  if (switchedOff.length > 0 && url) refuse('Enforcements are switched off on a platform of its own alone.')
  if (values.write && (pack || clause || url || without.length > 0))
    refuse('--write is for all promises, on a platform of its own.')

  const asked = clauseIds.filter(
    (id) => (!pack || clauses[id].pack === pack) && (!clause || clause.includes(id)),
  )
  const { against } = values
  return {
    ...values,
    against,
    switchedOff,
    sideBySide: Number(values['side-by-side']),
    url: url?.replace(/\/+$/, ''),
    // Where single enforcements are named, what they are played against is enough.
    wanted: without.length > 0 && !values.sabotage ? playedAgainst(switchedOff, against, asked) : asked,
  }
}

function playedAgainst(switchedOff: readonly Sabotage[], against: Against, asked: readonly string[]) {
  const played = new Set(switchedOff.flatMap((sabotage) => clausesAgainst(sabotage, against, asked)))
  return asked.filter((id) => played.has(id))
}

function isAgainst(text: string): text is Against {
  return againsts.some((one) => one === text)
}

function refuse(why: string): never {
  console.error(why)
  process.exit(2)
}
