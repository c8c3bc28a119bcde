import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { ButtonProps as AriaButtonProps } from 'react-aria-components'
import { Spinner } from './spinner.tsx'

/**
 * While pending it keeps its focus and does nothing. (react-aria's own `isPending` announces by an element that outlives
 * the button and then has no name.)
 */
export function Button({
  variant = 'secondary',
  size = 'md',
  className = '',
  isPending,
  children,
  ...props
}: ButtonProps) {
  const held = isPending ? ({ type: 'button', onPress: undefined } as const) : {}
  return (
    <AriaButton
      {...props}
      {...held}
      className={`${buttonClass(variant, size)} ${isPending ? 'cursor-progress' : ''} ${className}`}
    >
      {isPending && <Spinner />}
      {children}
      {isPending && <span className="sr-only">, please wait</span>}
    </AriaButton>
  )
}

/** A button that shows only an icon; `label` is what it is called. */
export function IconButton({ label, children, className = '', ...props }: IconButtonProps) {
  return (
    <AriaButton {...props} aria-label={label} className={`${iconButtonClass} ${className}`}>
      {children}
    </AriaButton>
  )
}

/** The look of a button, for links that lead to a next step. */
export function buttonClass(variant: ButtonVariant = 'secondary', size: ButtonSize = 'md'): string {
  return `${base} ${sizes[size]} ${variants[variant]}`
}

const base =
  'inline-flex shrink-0 cursor-pointer items-center justify-center gap-2 rounded-control border font-medium whitespace-nowrap ' +
  'no-underline transition-colors select-none disabled:cursor-default disabled:opacity-50 [&_svg]:size-[1.1em] [&_svg]:shrink-0'

const sizes = { sm: 'h-8 px-3 text-sm', md: 'h-10 px-4 text-[0.9375rem]', lg: 'h-12 px-5 text-base' }

const variants = {
  primary: 'border-transparent bg-brand text-on-brand hover:bg-brand-hover',
  secondary: 'border-line bg-raised text-ink shadow-card hover:border-edge hover:bg-surface',
  quiet: 'border-transparent bg-transparent text-brand-text hover:bg-brand-soft',
  danger: 'border-transparent bg-danger text-on-brand hover:bg-danger-hover',
}

const iconButtonClass =
  'inline-flex size-10 shrink-0 cursor-pointer items-center justify-center rounded-control text-muted transition-colors ' +
  'hover:bg-sunken hover:text-ink disabled:cursor-default disabled:opacity-50 [&_svg]:size-5'

export type ButtonVariant = keyof typeof variants
export type ButtonSize = keyof typeof sizes

interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'isPending'> {
  isPending?: boolean
  variant?: ButtonVariant
  size?: ButtonSize
  className?: string
  children: ReactNode
}

interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'aria-label'> {
  label: string
  className?: string
  children: ReactNode
}
