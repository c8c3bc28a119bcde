declare module '*.css' {
  /** The sheet as text, minified by the build. */
  const text: string
  export default text
}
