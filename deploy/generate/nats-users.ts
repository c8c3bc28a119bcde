import { natsPermissions, natsUsers } from '@candor/events/nats-permissions'
import type { NatsUser } from '@candor/events/nats-permissions'

/**
 * The users of NATS and what each may do. A user has two keys: while one is replaced by the other, services that hold
 * either are let in.
 */
export function natsUsersConfig(): string {
  const may = natsUsers.map((user) => {
    const { publish, subscribe } = natsPermissions(user)
    return `${mayName(user)} {\n  publish: ${list(publish)}\n  subscribe: ${list(subscribe)}\n}\n`
  })
  const users = natsUsers.flatMap((user) =>
    keyNames(user).map((key) => `      { nkey: $${key}, permissions: $${mayName(user)} }`),
  )
  return `# Written from the contracts by \`npm run manifests\`: change those.

# The public halves of the users' keys. Included here, for a file sees only the variables of its own and of what it includes.
include ./keys.conf

${may.join('\n')}
accounts {
  CANDOR {
    jetstream: enabled
    users: [
${users.join('\n')}
    ]
  }
}
`
}

/** The variables that keys.conf sets: the public halves of a user's two keys. */
export function keyNames(user: NatsUser): [current: string, next: string] {
  return [`KEY_${user.toUpperCase()}`, `NEXT_KEY_${user.toUpperCase()}`]
}

function mayName(user: NatsUser): string {
  return `MAY_${user.toUpperCase()}`
}

function list(subjects: string[]): string {
  return `[\n${subjects
    .toSorted()
    .map((subject) => `    "${subject}"\n`)
    .join('')}  ]`
}
