export function TypingIndicator({ name }: { name: string }) {
  return (
    <p role="status" className="flex shrink-0 items-center pb-4 gap-2.5 text-sm text-muted">
      <span
        aria-hidden="true"
        className="flex h-8 items-center gap-1 rounded-full rounded-bl-[5px] border border-line bg-raised px-3"
      >
        {delays.map((delay) => (
          <span
            key={delay}
            className={`size-1.5 animate-[typing_1.2s_infinite] rounded-full bg-muted ${delay}`}
          />
        ))}
      </span>
      {name} is typing
    </p>
  )
}

const delays = ['', '[animation-delay:150ms]', '[animation-delay:300ms]']
