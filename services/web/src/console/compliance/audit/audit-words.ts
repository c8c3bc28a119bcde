import type { AuditEntry } from '@candor/contracts/privacy/audit'

/** An entry in words. What is not named here stands as it is in the log. */
export function whatText({ what, detail }: AuditEntry): string {
  const spaced = what
    .replace(/^\w+\./, '')
    .replaceAll(/([A-Z])/g, ' $1')
    .replaceAll('-', ' ')
    .toLowerCase()
  const isDigest = detail !== null && /^[0-9a-f]{32,}$/.test(detail.replace(/^\w+:/, ''))
  return `${spaced.charAt(0).toUpperCase()}${spaced.slice(1)}${detail && !isDigest ? `: ${detail}` : ''}`
}

export const kindTexts: Record<AuditEntry['kind'], string> = {
  read: 'Read',
  change: 'Changed',
  refusal: 'Refused',
  act: 'Decided',
}
