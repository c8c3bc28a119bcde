import { LogOut } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { useTheme } from '../../ui/theme.ts'
import { leave, useAccount } from '../account.ts'
import { CloseAccount } from '../closing/close-account.tsx'
import { Install } from './install.tsx'
import { Profile } from './profile.tsx'

export function Settings() {
  const { business, user } = useAccount()
  return (
    <Page title="Settings" intro={business.name}>
      <Install />
      <Profile />
      <Appearance />
      <div>
        <Button onPress={() => void leave()}>
          <LogOut aria-hidden="true" /> Sign out
        </Button>
      </div>
      {user.role === 'owner' && <CloseAccount />}
    </Page>
  )
}

function Appearance() {
  const [theme, setTheme] = useTheme()
  return (
    <Section title="Appearance" intro="In this browser.">
      <div className="max-w-sm">
        <Segmented
          label="Theme"
          value={theme}
          onChange={setTheme}
          choices={[
            { id: 'system', label: 'As the system' },
            { id: 'light', label: 'Light' },
            { id: 'dark', label: 'Dark' },
          ]}
        />
      </div>
    </Section>
  )
}
