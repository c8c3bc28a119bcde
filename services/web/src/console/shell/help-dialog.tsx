import { Dialog } from '../../ui/dialog.tsx'
import { Switch } from '../../ui/switch.tsx'
import { useShortcutsEnabled } from './shortcuts.ts'

export function HelpDialog({
  isOpen,
  onOpenChange,
}: {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}) {
  const [isEnabled, setEnabled] = useShortcutsEnabled()
  return (
    <Dialog title="Keyboard shortcuts" isOpen={isOpen} onOpenChange={onOpenChange}>
      <dl className="divide-y divide-line">
        {shortcuts.map(([keys, action]) => (
          <div key={action} className="flex items-center justify-between gap-4 py-2.5">
            <dt>{action}</dt>
            <dd className="flex gap-1.5">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="min-w-7 rounded-md border border-line bg-sunken px-2 py-0.5 text-center font-mono text-sm"
                >
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <div className="mt-5 rounded-xl bg-sunken px-4 py-3">
        <Switch isSelected={isEnabled} onChange={setEnabled}>
          Single-key shortcuts
        </Switch>
      </div>
    </Dialog>
  )
}

const shortcuts: [keys: string[], action: string][] = [
  [['j'], 'Next conversation'],
  [['k'], 'Previous conversation'],
  [['t'], 'Take the conversation'],
  [['r'], 'Write an answer'],
  [['Enter'], 'Send'],
  [['Shift', 'Enter'], 'New line'],
  [['?'], 'This list'],
]
