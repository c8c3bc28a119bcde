/** Whether identity has marked an access token as one that opens no personal data. Services check it; this reads it. */
export function isUnbriefed(accessToken: string): boolean {
  const [, payload] = accessToken.split('.')
  if (!payload) return false
  const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')))
  return typeof claims === 'object' && claims !== null && 'unbriefed' in claims && claims.unbriefed === true
}
