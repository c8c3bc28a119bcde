import { packIds } from '@candor/contracts/policy/tenant-rules'
import { clauseIds, clauses } from '@candor/policy/clauses'
import { readCommandLine } from '@candor/runtime/command-line'
import { againsts, clausesAgainst } from './sabotage/clauses-against.ts'
import type { Against } from './sabotage/clauses-against.ts'
import type { Sabotage } from './sabotage/sabotage.ts'
import { sabotages } from './sabotage/sabotages.ts'

/** What the command line asks for; what it cannot mean is told, and ends the command. */
export function readArguments() {
  const { values, choose, refuse, wholeNumber, writable } = readCommandLine(usage, {
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
  if (pack) choose('pack', [pack], packIds)
  const clausesOf = choose('promise', clause ?? clauseIds, clauseIds)
  const [against] = choose('extent', [values.against], againsts)
  const names = sabotages.map(({ name }) => name)
  const chosen = choose('enforcement', values.sabotage ? names : without, names)
  const switchedOff = sabotages.filter(({ name }) => chosen.includes(name))
  const sideBySide = wholeNumber('side-by-side', values['side-by-side'])
  if (switchedOff.length > 0 && url) refuse('Enforcements are switched off on a platform of its own alone.')
  if (values.write && (pack || clause || url || without.length > 0))
    refuse('--write is for all promises, on a platform of its own.')
  if (values.json) writable('json', values.json)
  if (values.html) writable('html', values.html)

  const asked = clausesOf.filter((id) => !pack || clauses[id].pack === pack)
  return {
    ...values,
    against: against!,
    switchedOff,
    sideBySide,
    url: url?.replace(/\/+$/, ''),
    // Where single enforcements are named, what they are played against is enough.
    wanted: without.length > 0 && !values.sabotage ? playedAgainst(switchedOff, against!, asked) : asked,
  }
}

const usage = `Usage: npm run conformance -- [--pack NAME] [--clause ID]... [--url URL] [options]
Starts a platform of its own, or goes to the one at URL, plays people through it and tells of each promise whether it was
kept, broken, or not shown. Exit code 1: one was seen broken.
  --pack NAME       ${packIds.join(', ')}
  --json FILE       writes what was seen there
  --html FILE       and as a page to show to customers
  --write           puts it into docs/conformance.md and the README
  --sabotage        switches off one enforcement at a time besides; exit code 1: one broke more or less than it says
  --without NAME    switches off some
  --side-by-side N  so many at once (1)
  --against EXTENT  what each is played against: own, the promises it breaks; packs, all of their packs (the default); all`

function playedAgainst(switchedOff: readonly Sabotage[], against: Against, asked: readonly string[]) {
  const played = new Set(switchedOff.flatMap((sabotage) => clausesAgainst(sabotage, against, asked)))
  return asked.filter((id) => played.has(id))
}
