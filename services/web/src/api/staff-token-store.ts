import type { TokenStore } from '@candor/client/token-store'
import type { Tokens } from '@candor/contracts/identity/schemas'

/**
 * Keeps the refresh token in `storage`, shared by all tabs and over restarts, and the access token in memory only. A
 * page that has just opened holds none: it reads as one that has run out, which makes the session fetch the next.
 */
export function staffTokenStore(storage: Storage, name: string, onChange = () => {}): StaffTokenStore {
  let access = noAccess
  return {
    name,
    read() {
      const refreshToken = storage.getItem(name)
      return refreshToken === null ? null : { ...access, refreshToken }
    },
    write(tokens) {
      access = tokens
        ? { accessToken: tokens.accessToken, accessExpiresAt: tokens.accessExpiresAt }
        : noAccess
      if (tokens === null) storage.removeItem(name)
      else storage.setItem(name, tokens.refreshToken)
      onChange()
    },
    readAccess: () => access.accessToken,
    forgetAccess: () => void (access = noAccess),
  }
}

const noAccess: Pick<Tokens, 'accessToken' | 'accessExpiresAt'> = {
  accessToken: '',
  accessExpiresAt: new Date(0).toISOString(),
}

interface StaffTokenStore extends TokenStore {
  /** Empty where this page holds none. */
  readAccess(): string
  forgetAccess(): void
}
