import type { Config } from './config.ts'
import type { Deps } from './domain/deps.ts'

/** How often is too often. One address waits up to a quarter of an hour; behind one network address may sit many. */
export function limitsOf(config: Config): Deps['limits'] {
  return {
    signUp: { kind: 'rate', perHourMax: config.SIGN_UPS_PER_HOUR_MAX },
    visitorSession: { kind: 'rate', perHourMax: config.VISITOR_SESSIONS_PER_HOUR_MAX },
    invitation: { kind: 'rate', perHourMax: config.INVITATIONS_PER_HOUR_MAX },
    passwordByEmail: { kind: 'guesses', free: config.WRONG_PASSWORDS_PER_EMAIL_FREE, delayMaxSeconds: 900 },
    passwordByRemote: { kind: 'guesses', free: config.WRONG_PASSWORDS_PER_REMOTE_FREE, delayMaxSeconds: 60 },
  }
}
