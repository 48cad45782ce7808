// Two who write in one text at once: what each of them changed since both had the same is kept (app/reviews/merging.py).
function edit(base, changed) {
  const most = Math.min(base.length, changed.length)
  let start = 0
  while (start < most && base[start] === changed[start]) start += 1
  let end = 0
  while (end < most - start && base[base.length - 1 - end] === changed[changed.length - 1 - end]) end += 1
  return [start, base.length - end, changed.slice(start, changed.length - end)]
}

/** What keeps the words of two apart that stand side by side. */
const joint = (first, second) => (first && second && /\S$/.test(first) && /^\S/.test(second) ? " " : "")

/** `base` with both changes. Where both changed the same place, theirs stands first and mine after it. */
export function merge(base, mine, theirs) {
  if (mine === base || mine === theirs) return theirs
  if (theirs === base) return mine
  const [myStart, myEnd, myWords] = edit(base, mine)
  const [theirStart, theirEnd, theirWords] = edit(base, theirs)
  if (theirEnd <= myStart) {
    const between = base.slice(theirEnd, myStart) || joint(theirWords, myWords)
    return base.slice(0, theirStart) + theirWords + between + myWords + base.slice(myEnd)
  }
  if (myEnd <= theirStart) return base.slice(0, myStart) + myWords + base.slice(myEnd, theirStart) + theirWords + base.slice(theirEnd)
  const start = Math.min(myStart, theirStart)
  const end = Math.max(myEnd, theirEnd)
  const ours = base.slice(start, myStart) + myWords + base.slice(myEnd, end)
  const other = base.slice(start, theirStart) + theirWords + base.slice(theirEnd, end)
  return base.slice(0, start) + other + joint(other, ours) + ours + base.slice(end)
}
