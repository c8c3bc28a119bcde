/** What is found less what is excepted; an exception that excepts nothing is found as well. */
export function withoutExcepted(overlay: string, found: Finding[], all: Exception[]): string[] {
  const exceptions = all.filter(({ overlays }) => overlays.includes(overlay))
  const covers = (one: Exception, { rule, object }: Finding) => one.rule === rule && one.object.test(object)
  return [
    ...found
      .filter((finding) => !exceptions.some((one) => covers(one, finding)))
      .map(({ rule, object, says }) => `${rule} ${object}: ${says}`),
    ...exceptions
      .filter((one) => !found.some((finding) => covers(one, finding)))
      .map(({ rule, object }) => `${rule} ${object.source}: this exception excepts nothing`),
  ]
}

/** Where one of our rules does not hold, and why. */
export const exceptions: Exception[] = [
  {
    rule: '19',
    overlays: ['local'],
    object: /./,
    because: 'images are built on the laptop and have no digest before they are',
  },
  {
    rule: '20',
    overlays: ['local'],
    object: /./,
    because: 'they are loaded into the cluster, and no registry has them',
  },
  {
    rule: '21',
    overlays: ['local'],
    object: /^Deployment\/mail-catcher$/,
    because: 'it shows letters on a laptop and is part of no other overlay',
  },
  {
    rule: '27',
    overlays: ['local'],
    object: /^Deployment\//,
    because: 'one pod of each is what a laptop has room for',
  },
  {
    rule: '28',
    overlays: ['local'],
    object: /^Deployment\/mail-catcher$/,
    because: 'with one pod a budget would only stand in the way',
  },
]

export interface Finding {
  readonly rule: string
  /** Kind/name. */
  readonly object: string
  readonly says: string
}

export interface Exception {
  readonly rule: string
  readonly overlays: readonly string[]
  readonly object: RegExp
  readonly because: string
}
