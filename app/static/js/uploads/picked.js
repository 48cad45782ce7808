// What was chosen, dropped or pasted, as [{file, folder}]: whole folders are walked through, the junk of systems left out.
const JUNK = /^(\.DS_Store|Thumbs\.db|desktop\.ini|~\$.*|\._.*|\.~lock\..*)$/i

const keep = (picked) => picked.filter(({ file }) => !JUNK.test(file.name))
const folderOf = (path) => path.split("/").slice(0, -1).join("/")

export const ofInput = (input) =>
  keep([...input.files].map((file) => ({ file, folder: folderOf(file.webkitRelativePath ?? "") })))

const fileOf = (entry) => new Promise((resolve, reject) => entry.file(resolve, reject))

/** A folder tells its content a hundred at a time. */
async function childrenOf(folder) {
  const reader = folder.createReader()
  const all = []
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject))
    if (!some.length) return all
    all.push(...some)
  }
}

async function walk(entry) {
  if (entry.isFile) return [{ file: await fileOf(entry), folder: folderOf(entry.fullPath.slice(1)) }]
  const found = []
  for (const child of await childrenOf(entry)) found.push(...await walk(child))
  return found
}

/** Of a drop or of the clipboard. What it holds is gone after the event, so it is all asked for at once. */
export async function ofTransfer({ items, files }) {
  const entries = [...(items ?? [])].map((item) => item.webkitGetAsEntry?.()).filter(Boolean)
  if (!entries.length) return keep([...files].map((file) => ({ file, folder: "" })))
  const found = await Promise.all(entries.map((entry) => walk(entry).catch(() => [])))
  return keep(found.flat())
}
