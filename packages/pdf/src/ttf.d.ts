declare module '*.ttf' {
  /** Where the bundler has put the file, seen from the bundle. */
  const path: string
  export default path
}
