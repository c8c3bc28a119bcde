import { choosePlan, payByCard } from '../acts/billing.ts'
import type { Scenery } from './scenery.ts'

/** What paying at the provider brings. */
export async function photographBilling({ people, camera, staff }: Scenery): Promise<void> {
  await choosePlan(staff, 'Team')
  await payByCard(staff, people.owner.name)
  await staff.getByText('You are on the Team plan').waitFor()
  await staff.getByRole('list', { name: 'Invoices' }).getByRole('link').waitFor()
  await staff.getByRole('button', { name: 'Dismiss' }).click()
  await staff.setViewportSize({ width: 1280, height: 900 })
  await camera.take(staff, 'billing')
}
