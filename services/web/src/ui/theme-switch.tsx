import { Monitor, Moon, Sun } from 'lucide-react'
import { IconButton } from './button.tsx'
import { useTheme } from './theme.ts'

/** Steps through system, light and dark. */
export function ThemeSwitch({ className = '' }: { className?: string }) {
  const [theme, setTheme] = useTheme()
  const next = { system: 'light', light: 'dark', dark: 'system' } as const
  const Icon = { system: Monitor, light: Sun, dark: Moon }[theme]
  return (
    <IconButton label={`Theme: ${theme}`} onPress={() => setTheme(next[theme])} className={className}>
      <Icon aria-hidden="true" />
    </IconButton>
  )
}
