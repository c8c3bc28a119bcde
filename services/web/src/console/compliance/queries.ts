import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api/api.ts'

/** Everything here stands under one key: what an action changed anywhere is read again by that. */
export const officeKey = ['privacy'] as const

/** The settings that are obeyed now. */
export function policyInForceQuery(business: string) {
  return queryOptions({
    queryKey: [...officeKey, 'policy-in-force', business],
    queryFn: async () => {
      const versions = await api.privacy.listNoticeVersions.query({ business })
      const { version } = versions.find(({ isInForce }) => isInForce) ?? versions[0]!
      return api.privacy.getNoticeVersion.query({ business, version })
    },
    staleTime: 60_000,
  })
}

export const casesQuery = queryOptions({
  queryKey: [...officeKey, 'cases'],
  queryFn: () => api.privacy.listCases.query({}),
})

export const breachesQuery = queryOptions({
  queryKey: [...officeKey, 'breaches'],
  queryFn: () => api.privacy.listBreaches.query({}),
})

export const disclosuresQuery = queryOptions({
  queryKey: [...officeKey, 'disclosures'],
  queryFn: () => api.privacy.listDisclosures.query({}),
})

export const agreementsQuery = queryOptions({
  queryKey: [...officeKey, 'agreements'],
  queryFn: () => api.privacy.listAgreements.query({}),
})

export const awarenessQuery = queryOptions({
  queryKey: [...officeKey, 'awareness'],
  queryFn: () => api.privacy.listAwareness.query({}),
})

export const holdsQuery = queryOptions({
  queryKey: [...officeKey, 'holds'],
  queryFn: () => api.privacy.listHolds.query({}),
})
